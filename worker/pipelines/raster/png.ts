import sharp from 'sharp';
import type { Size } from './size.ts';

/*
 * Level 3 of zlib without row filters' search: at 1 MP a layer takes tens of milliseconds to write, and the file is
 * about a tenth larger than at the default level.
 */
const FAST = { compressionLevel: 3, adaptiveFiltering: false } as const;

/** Write interleaved 8-bit pixels: 1 (grey), 3 (RGB) or 4 (RGBA, straight alpha) values each. */
export async function writePng(path: string, data: Uint8Array, { width, height }: Size, channels: 1 | 3 | 4) {
  const picture = sharp(data, { raw: { width, height, channels }, limitInputPixels: false });
  if (channels === 1) picture.toColourspace('b-w');
  await picture.png(FAST).toFile(path);
}

/** Write one 16-bit value per pixel. */
export async function writeGrey16(path: string, data: Uint16Array, { width, height }: Size): Promise<void> {
  await sharp(data, { raw: { width, height, channels: 1 }, limitInputPixels: false })
    .toColourspace('grey16')
    .png(FAST)
    .toFile(path);
}

/** Read back what `writePng` wrote with one value per pixel. */
export async function readGrey8(path: string): Promise<Size & { data: Uint8Array }> {
  const { data, info } = await sharp(path, { limitInputPixels: false })
    .toColourspace('b-w')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return {
    width: info.width,
    height: info.height,
    data: new Uint8Array(data.buffer, data.byteOffset, data.length),
  };
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
