import { statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { AppError } from '#lib/core/errors';
import type { WeightFile } from '../model.ts';
import { dropPart, leavePart, takePart } from '../part-files.ts';
import { placeWeight } from '../placement.ts';
import { absent, corrupt, fetchFailure } from './failure.ts';
import { get, type GetOptions } from './http-get.ts';

export interface UrlFetch extends GetOptions {
  weightsDir: string;
  /** Bytes of the file on disk so far, those of an earlier try included. */
  onBytes: (receivedBytes: number) => void;
}

/**
 * Fetch one weight file. A broken connection is resumed (HTTP Range) as long as each try brings more; what is there
 * when it gives up stays as a `.part` file for the next call. If the pieces do not fit, it starts over, once.
 *
 * Throws AppError: `unavailable`, `not_found`, `weights_corrupt` (file removed) or `storage_full`.
 */
export async function fetchFromUrl(url: string, weight: WeightFile, options: UrlFetch): Promise<void> {
  for (let tries = 0; tries < 2; tries += 1) {
    if ((await attempt(url, weight, options)) === 'fetched') return;
  }
  throw corrupt(`What arrived as ${weight.name} is not the file the catalogue names.`);
}

/** `ill-pieced`: pieces of two versions were put together, perhaps; nothing is left of them. */
async function attempt(
  url: string,
  weight: WeightFile,
  options: UrlFetch,
): Promise<'fetched' | 'ill-pieced'> {
  const part = await takePart(options.weightsDir, weight);
  let isPatched = sizeOf(part) > 0;
  try {
    const requests = await fetchWhole(url, weight, part, options);
    isPatched ||= requests > 1;
    await placeWeight(options.weightsDir, weight, part);
    return 'fetched';
  } catch (error) {
    if (isCorrupt(error)) await dropPart(part);
    if (isPatched && isCorrupt(error)) return 'ill-pieced';
    throw fetchFailure(error, weight.name);
  } finally {
    leavePart(part);
  }
}

/** Try until the file is complete, or a try brings nothing more. Returns how many requests it took. */
async function fetchWhole(url: string, weight: WeightFile, part: string, options: UrlFetch): Promise<number> {
  let requests = 0;
  let before = sizeOf(part);
  while (before < weight.sizeBytes) {
    requests += 1;
    const failure = await fetchRest(url, weight, part, options).catch((error: unknown) => error);
    if (failure instanceof AppError) throw failure;
    const after = sizeOf(part);
    if (after <= before) throw failure ?? new Error('The answer ended early.');
    before = after;
  }
  return requests;
}

/** One request, from where the part ends. The part is closed when this settles, whether or not it is complete. */
async function fetchRest(url: string, weight: WeightFile, part: string, options: UrlFetch): Promise<void> {
  const offset = sizeOf(part);
  const headers: Record<string, string> = offset > 0 ? { range: `bytes=${offset}-` } : {};
  const response = await get(url, headers, options);
  try {
    refuse(response.statusCode ?? 0, weight);
    const start = startOf(response.headers['content-range'], offset);
    await append(response, part, start, weight, options.onBytes);
  } finally {
    response.destroy();
  }
}

async function append(
  body: AsyncIterable<Buffer>,
  part: string,
  start: number,
  weight: WeightFile,
  onBytes: UrlFetch['onBytes'],
): Promise<void> {
  const file = await open(part, start > 0 ? 'a' : 'w');
  let receivedBytes = start;
  try {
    for await (const chunk of body) {
      receivedBytes += chunk.length;
      if (receivedBytes > weight.sizeBytes) throw corrupt(`What arrives as ${weight.name} is too long.`);
      await file.appendFile(chunk);
      onBytes(receivedBytes);
    }
  } finally {
    await file.close();
  }
}

function refuse(status: number, weight: WeightFile): void {
  if (status === 404 || status === 410) throw absent(weight.name);
  if (status === 416) throw corrupt(`The source's ${weight.name} is shorter than it should be.`);
  if (status !== 200 && status !== 206) {
    throw new AppError('unavailable', `The source of ${weight.name} answered ${status}.`, {
      suggestion: 'Try again later, or name a mirror in MULTIPLANE_WEIGHTS_MIRROR.',
    });
  }
}

/** Where the answer's bytes belong: the offset asked for, or 0 from a server that sends the whole file. */
function startOf(contentRange: string | undefined, offset: number): number {
  return contentRange?.startsWith(`bytes ${offset}-`) ? offset : 0;
}

function isCorrupt(error: unknown): boolean {
  return error instanceof AppError && error.code === 'weights_corrupt';
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
