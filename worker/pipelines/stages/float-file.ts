import { readFile, writeFile } from 'node:fs/promises';
import { AppError } from '#lib/core/errors';
import type { WrittenFile } from '#worker/pipelines/run';

/*
 * Files of numbers that stages and checkpoints leave to each other: float32 values one after the other in the order of
 * bytes of this machine, which is little-endian wherever this runs. There is no header; what shape they have, whoever
 * reads them knows. They are called `*.f32`.
 */

/** The bytes of such a file; not a copy. */
export function floatBytes(values: Float32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

export async function writeFloats(path: string, values: Float32Array): Promise<void> {
  await writeFile(path, floatBytes(values));
}

/** Throws AppError `internal` where it holds another number of values than `length`, if that is told. */
export async function readFloats(path: string, length?: number): Promise<Float32Array> {
  const bytes = await readFile(path);
  const expected = (length ?? bytes.length / 4) * Float32Array.BYTES_PER_ELEMENT;
  if (bytes.length !== expected) {
    throw new AppError('internal', `A file of ${expected} bytes has ${bytes.length}.`);
  }
  // A copy, since the bytes need not begin where a float may.
  return new Float32Array(new Uint8Array(bytes).buffer);
}

/** What a stage says of such a file, which only later stages read. */
export function floatRecord(name: string): WrittenFile {
  return { name, role: null, contentType: 'application/octet-stream', width: null, height: null };
}
