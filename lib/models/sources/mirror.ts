import { constants } from 'node:fs';
import { copyFile, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { AppError } from '#lib/core/errors';
import type { WeightFile } from '../model.ts';
import { dropPart, newPart } from '../part-files.ts';
import { placeWeight } from '../placement.ts';
import { fetchFailure } from './failure.ts';
import { fetchFromUrl, type UrlFetch } from './url.ts';

/**
 * Try the operator's mirror: a folder, or an http(s) address, that holds weights under their sha256 (with or without
 * extension) or their name. Returns false if it has no right copy; a wrong one of the same name is passed over.
 *
 * Throws AppError `unavailable` for a mirror that cannot be read at all, and `storage_full`.
 */
export async function fetchFromMirror(mirror: string, weight: WeightFile, fetch: UrlFetch): Promise<boolean> {
  const isUrl = /^https?:\/\//.test(mirror);
  if (!isUrl) await requireFolder(mirror);
  for (const name of namesOf(weight)) {
    const attempt = isUrl
      ? fetchFromUrl(under(mirror, name), weight, fetch)
      : copyFrom(join(mirror, name), weight, fetch);
    if (await succeeds(attempt)) return true;
  }
  return false;
}

function namesOf(weight: WeightFile): string[] {
  return [weight.sha256 + extname(weight.name), weight.sha256, weight.name];
}

/** The address of a file below a base, whose query (a signature, say) is kept. */
function under(base: string, name: string): string {
  const url = new URL(base);
  url.pathname = `${url.pathname.replace(/\/$/, '')}/${name}`;
  return url.href;
}

async function copyFrom(source: string, weight: WeightFile, fetch: UrlFetch): Promise<void> {
  const part = newPart(fetch.weightsDir, weight);
  try {
    await copyFile(source, part, constants.COPYFILE_FICLONE);
    await placeWeight(fetch.weightsDir, weight, part);
    fetch.onBytes(weight.sizeBytes);
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw missing ? new AppError('not_found', `No ${weight.name} there.`) : fetchFailure(error, weight.name);
  } finally {
    await dropPart(part);
  }
}

async function requireFolder(mirror: string): Promise<void> {
  const found = await stat(mirror).catch(() => null);
  if (found?.isDirectory()) return;
  throw new AppError('unavailable', 'The folder in MULTIPLANE_WEIGHTS_MIRROR cannot be read.', {
    suggestion: 'Correct the setting, or remove it.',
  });
}

async function succeeds(attempt: Promise<void>): Promise<boolean> {
  try {
    await attempt;
    return true;
  } catch (error) {
    if (error instanceof AppError && ['not_found', 'weights_corrupt'].includes(error.code)) return false;
    throw error;
  }
}
