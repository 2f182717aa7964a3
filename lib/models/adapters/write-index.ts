import { rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '#lib/core/errors';
import { sha256OfFile } from '#lib/core/file-hash';
import type { IndexFile } from '../contract/model-index.ts';
import { INDEX_FILE, parseIndex } from '../contract/read-index.ts';
import { exportedFolder } from '../folders.ts';
import type { Adapter } from './adapter.ts';
import { wannx } from './wannx.ts';

/** By ids of the catalogue. */
const ADAPTERS: Readonly<Record<string, Adapter>> = { 'wan2.1-t2v-14b-q4': wannx };

/**
 * Write the index of a model that others have exported, beside its files, whose bytes are all read for it. Returns its path.
 * Throws AppError `not_found` for a model that needs none, and where a file is missing.
 */
export async function writeIndex(weightsDir: string, modelId: string): Promise<string> {
  const adapter = ADAPTERS[modelId];
  if (!adapter) {
    const suggestion = `There is one for: ${Object.keys(ADAPTERS).join(', ')}.`;
    throw new AppError('not_found', `No index is to be written for “${modelId}”.`, { suggestion });
  }
  const folder = exportedFolder(weightsDir, modelId);
  const measured = new Map<string, IndexFile>();
  for (const name of adapter.files) measured.set(name, await measure(folder, name));
  const index = parseIndex(adapter.index((name) => measured.get(name)!));
  const path = join(folder, INDEX_FILE);
  // Whole or not at all: a folder with an index is a model.
  await writeFile(`${path}.part`, `${JSON.stringify(index, null, 2)}\n`);
  await rename(`${path}.part`, path);
  return path;
}

async function measure(folder: string, name: string): Promise<IndexFile> {
  const path = join(folder, name);
  const found = await stat(path).catch((cause: unknown) => {
    throw new AppError('not_found', `There is no ${name} in the model's folder yet.`, { cause });
  });
  return { name, bytes: found.size, sha256: await sha256OfFile(path) };
}
