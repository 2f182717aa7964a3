import { deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';

/** A picture with detail in it, so that its files have bodies to damage. */
export function drawPicture(width: number, height: number): Sharp {
  const data = Buffer.alloc(width * height * 3);
  for (let i = 0; i < data.length; i++) {
    const pixel = Math.floor(i / 3);
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    data[i] = (x * (3 + (i % 3)) + y * 5 + ((x * y) % 17)) % 256;
  }
  return sharp(data, { raw: { width, height, channels: 3 } });
}

/** An animation of two frames, as GIF or WebP. */
export async function drawAnimation(format: 'gif' | 'webp'): Promise<Buffer> {
  const frames = await Promise.all(
    [80, 81].map((width) => drawPicture(width, 80).resize(80, 80).png().toBuffer()),
  );
  return sharp(frames, { join: { animated: true } })
    .toFormat(format)
    .toBuffer();
}

/** A PNG that says it is an animation of two frames. */
export async function drawAnimatedPng(): Promise<Buffer> {
  return withChunks(await drawPicture(80, 80).png().toBuffer(), [
    pngChunk('acTL', Buffer.from([0, 0, 0, 2, 0, 0, 0, 0])),
  ]);
}

/** A PNG of a few megabytes whose compressed texts unpack to seven gigabytes. */
export async function drawPngTextBomb(): Promise<Buffer> {
  const packed = deflateSync(Buffer.alloc(7_900_000, ' '), { level: 9 });
  const text = pngChunk('zTXt', Buffer.concat([Buffer.from('Comment\0\0'), packed]));
  return withChunks(await drawPicture(80, 80).png().toBuffer(), Array<Buffer>(900).fill(text));
}

/** A small PNG whose header claims another size: a pixel bomb, where the size is large. */
export async function drawPngClaiming(width: number, height: number): Promise<Buffer> {
  const png = await drawPicture(80, 80).png().toBuffer();
  const header = Buffer.from(png.subarray(16, 29));
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  return Buffer.concat([png.subarray(0, 8), pngChunk('IHDR', header), png.subarray(33)]);
}

/** Chunks put behind the header. */
function withChunks(png: Buffer, chunks: Buffer[]): Buffer {
  return Buffer.concat([png.subarray(0, 33), ...chunks, png.subarray(33)]);
}

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}

export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

interface BmpParts {
  width: number;
  /** Negative: rows from the top. */
  height: number;
  bitsPerPixel: number;
  compression?: number;
  /** Colours as [red, green, blue]. */
  palette?: [number, number, number][];
  masks?: number[];
  pixels: Buffer;
}

/** A BMP with the usual 40-byte header. */
export function buildBmp({ width, height, bitsPerPixel, compression = 0, ...rest }: BmpParts): Buffer {
  const { palette = [], masks = [], pixels } = rest;
  const header = Buffer.alloc(54);
  const tables = Buffer.concat([
    ...masks.map((mask) => word(mask)),
    ...palette.map(([red, green, blue]) => Buffer.from([blue, green, red, 0])),
  ]);
  header.write('BM', 0, 'latin1');
  header.writeUInt32LE(54 + tables.length + pixels.length, 2);
  header.writeUInt32LE(54 + tables.length, 10);
  header.writeUInt32LE(40, 14);
  header.writeInt32LE(width, 18);
  header.writeInt32LE(height, 22);
  header.writeUInt16LE(1, 26);
  header.writeUInt16LE(bitsPerPixel, 28);
  header.writeUInt32LE(compression, 30);
  header.writeUInt32LE(palette.length, 46);
  return Buffer.concat([header, tables, pixels]);
}

function word(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
