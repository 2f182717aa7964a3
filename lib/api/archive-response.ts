import { makeZip } from 'client-zip';
import type { FileStore } from '#lib/media/store/store';
import type { Archive } from './archives.ts';
import { disposition } from './file-response.ts';

const MANIFEST = 'manifest.json';

/**
 * An archive as a ZIP file to be saved, made while it is read: one file is open at a time. Where a file turns out to be
 * missing, the body breaks off, since a ZIP without its end is seen to be incomplete.
 */
export function archiveResponse(store: FileStore, request: Request, archive: Archive): Response {
  const headers = {
    'Content-Type': 'application/zip',
    'Content-Disposition': disposition('attachment', archive.filename),
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'private, no-store, no-transform',
  };
  const body = request.method === 'HEAD' ? null : makeZip(entries(store, archive));
  return new Response(body, { headers });
}

async function* entries(store: FileStore, { manifest, files }: Archive) {
  yield { name: MANIFEST, input: JSON.stringify(manifest, null, 2) };
  for (const { path, output } of files) {
    const input = await store.read(output.fileKey);
    try {
      yield { name: path, input, size: output.sizeBytes };
    } catch {
      // What is thrown in here is only that the reader has gone.
      return;
    } finally {
      input.destroy();
    }
  }
}
