import { ReadableStream } from 'node:stream/web';
import { notFound } from '#lib/core/errors';
import type { ByteRange, FileStore } from '#lib/media/store/store';
import { parseRange } from './byte-range.ts';
import { isUnchanged, REVALIDATE_AS_IS } from './conditional.ts';
import { HttpProblem } from './problem.ts';

/** A file of the store, as it is shown and saved. */
export interface ServedFile {
  key: string;
  filename: string;
  contentType: string;
  sizeBytes: number;
  /** Lower-case hex; the file's strong entity tag. */
  sha256: string;
}

/**
 * A file's bytes, or the range that was asked for (206, 416), or 304 for a caller that has them. `?download=1` asks the
 * browser to save it. Throws AppError `not_found` where the file is missing.
 */
export async function fileResponse(store: FileStore, request: Request, file: ServedFile): Promise<Response> {
  const etag = `"${file.sha256}"`;
  const validators = { ETag: etag, 'Cache-Control': REVALIDATE_AS_IS };
  if (isUnchanged(request, etag)) return new Response(null, { status: 304, headers: validators });
  const headers = new Headers({ ...validators, ...describe(file, request) });
  const range = rangeOf(request, etag, file.sizeBytes);
  if (range === 'unsatisfiable') throw unsatisfiable(file.sizeBytes);
  const { start, end } = range ?? { start: 0, end: file.sizeBytes - 1 };
  // Next 16.4 drops this one on its way out; a caller behind it has `Content-Range` and the resource's `size_bytes`.
  headers.set('Content-Length', String(end - start + 1));
  if (range) headers.set('Content-Range', `bytes ${start}-${end}/${file.sizeBytes}`);
  const status = range ? 206 : 200;
  if (!(await store.stat(file.key))) throw notFound('file');
  if (request.method === 'HEAD') return new Response(null, { status, headers });
  const body = ReadableStream.from(chunks(store, file.key, range));
  return new Response(body as unknown as BodyInit, { status, headers });
}

/** Opens the file when the first byte is asked for, since a caller who has gone by then never closes it. */
async function* chunks(store: FileStore, key: string, range: ByteRange | null): AsyncGenerator<Uint8Array> {
  yield* await store.read(key, range ?? undefined);
}

/** Nothing that was uploaded may run as a page of ours, whatever a browser takes it for. */
const HARMLESS = "default-src 'none'; frame-ancestors 'none'";

/** A page that a browser makes of a video fetches it again, as the page of its address: neither may be forbidden. */
function policyFor(contentType: string): string {
  return contentType.startsWith('video/') ? `${HARMLESS}; media-src 'self'` : `${HARMLESS}; sandbox`;
}

function describe({ filename, contentType }: ServedFile, request: Request): Record<string, string> {
  const saved = new URL(request.url).searchParams.get('download') === '1';
  return {
    'Content-Type': contentType,
    'Content-Disposition': disposition(saved ? 'attachment' : 'inline', filename),
    'Content-Security-Policy': policyFor(contentType),
    'X-Content-Type-Options': 'nosniff',
    'Accept-Ranges': 'bytes',
  };
}

/** RFC 6266: a plain name for old readers, the real one in UTF-8. */
export function disposition(kind: string, filename: string): string {
  const plain = filename.replaceAll(/[^\w .-]/g, '_');
  const encoded = encodeURIComponent(filename).replaceAll(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16)}`,
  );
  return `${kind}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

/** `If-Range` with another version's tag asks for the whole file instead. */
function rangeOf(request: Request, etag: string, sizeBytes: number) {
  const condition = request.headers.get('if-range');
  if (condition !== null && condition !== etag) return null;
  return parseRange(request.headers.get('range'), sizeBytes);
}

function unsatisfiable(sizeBytes: number): HttpProblem {
  const headers = { 'Content-Range': `bytes */${sizeBytes}` };
  return new HttpProblem(416, 'range_not_satisfiable', `The file has ${sizeBytes} bytes.`, headers);
}
