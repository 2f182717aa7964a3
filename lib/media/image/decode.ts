import { open, readFile } from 'node:fs/promises';
import sharp, { type Sharp, type SharpOptions } from 'sharp';
import { decodeBmp } from './bmp.ts';
import { detectFormat, HEAD_BYTES } from './format.ts';
import { MAX_SIDE, unsupportedType } from './image-errors.ts';

/**
 * How every picture is opened: never more pixels than are taken in, and nothing missing. Junk between two markers of a
 * JPEG, which many cameras write, is no error.
 */
export const DECODE_OPTIONS: SharpOptions = { limitInputPixels: MAX_SIDE * MAX_SIDE, failOn: 'error' };

/**
 * Open a picture that was taken in, of any accepted format: upright, in 8-bit sRGB of three or four channels, as a
 * pipeline to go on from. Pixels are decoded only when the pipeline runs; of an animation, the first frame.
 * Throws AppError `unsupported_media_type` or `image_unreadable`.
 */
export async function openImage(path: string): Promise<Sharp> {
  const format = detectFormat(await readHead(path));
  if (!format) throw unsupportedType(null);
  if (format !== 'bmp') return sharp(path, DECODE_OPTIONS).autoOrient().toColourspace('srgb');
  const { data, width, height, channels } = decodeBmp(await readFile(path));
  return sharp(data, { raw: { width, height, channels } });
}

/** The first bytes of a file, for telling its format. */
export async function readHead(path: string): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(HEAD_BYTES) });
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
