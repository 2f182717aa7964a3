import { writeFile } from 'node:fs/promises';
import sharp, { type Sharp } from 'sharp';
import { withComment } from './png-comment.ts';
import type { Size } from './size.ts';

/*
 * Level 3 of zlib without row filters' search: at 1 MP a layer takes tens of milliseconds to write, and the file is
 * about a tenth larger than at the default level.
 */
const FAST = { compressionLevel: 3, adaptiveFiltering: false } as const;

/**
 * Write interleaved 8-bit pixels: 1 (grey), 3 (RGB) or 4 (RGBA, straight alpha) values each. `stamp`: ASCII text to go
 * with them, as the file's comment.
 */
export async function writePng(
  path: string,
  data: Uint8Array,
  { width, height }: Size,
  channels: 1 | 3 | 4,
  stamp: string | null = null,
): Promise<void> {
  const picture = sharp(data, { raw: { width, height, channels }, limitInputPixels: false });
  if (channels === 1) picture.toColourspace('b-w');
  await write(path, picture, stamp);
}

/** Write one 16-bit value per pixel; `stamp` likewise. */
export async function writeGrey16(
  path: string,
  data: Uint16Array,
  { width, height }: Size,
  stamp: string | null = null,
): Promise<void> {
  const picture = sharp(data, { raw: { width, height, channels: 1 }, limitInputPixels: false });
  await write(path, picture.toColourspace('grey16'), stamp);
}

async function write(path: string, picture: Sharp, stamp: string | null): Promise<void> {
  picture.png(FAST);
  if (stamp === null) await picture.toFile(path);
  else await writeFile(path, withComment(await picture.toBuffer(), stamp));
}

/** Read back what `writePng` wrote with one value per pixel. */
export async function readGrey8(path: string): Promise<Size & { data: Uint8Array }> {
  return readBytes(sharp(path, { limitInputPixels: false }).toColourspace('b-w'));
}

/** Read back what `writeGrey16` wrote. */
export async function readGrey16(path: string): Promise<Size & { data: Uint16Array }> {
  const { data, info } = await sharp(path, { limitInputPixels: false })
    .toColourspace('grey16')
    .raw({ depth: 'ushort' })
    .toBuffer({ resolveWithObject: true });
  const samples = new Uint16Array(data.buffer, data.byteOffset, info.width * info.height);
  return { width: info.width, height: info.height, data: samples };
}

/** Read back what `writePng` wrote with four values per pixel. */
export async function readRgba(path: string): Promise<Size & { data: Uint8Array }> {
  return readBytes(sharp(path, { limitInputPixels: false }));
}

async function readBytes(picture: Sharp): Promise<Size & { data: Uint8Array }> {
  const { data, info } = await picture.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.length);
  return { width: info.width, height: info.height, data: bytes };
}
