import { open, rename, stat } from 'node:fs/promises';
import { sha256OfFile } from '#lib/core/file-hash';
import type { WeightFile } from './model.ts';
import { dropPart, leavePart } from './part-files.ts';
import { corrupt } from './sources/failure.ts';
import { weightPath } from './weights.ts';

/**
 * Put a finished download where the weight belongs, in one step: a reader sees the whole right file or none.
 * Throws AppError `weights_corrupt`, with the file removed, if size or hash are not the catalogue's.
 */
export async function placeWeight(weightsDir: string, weight: WeightFile, part: string): Promise<void> {
  const { size } = await stat(part);
  if (size !== weight.sizeBytes || (await sha256OfFile(part)) !== weight.sha256) {
    await dropPart(part);
    throw corrupt(`What arrived as ${weight.name} is not the file the catalogue names.`);
  }
  await flush(part);
  await rename(part, weightPath(weightsDir, weight));
  leavePart(part);
}

/** To the disk before the rename: presence is judged by size alone, which a power cut must not fake. */
async function flush(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
