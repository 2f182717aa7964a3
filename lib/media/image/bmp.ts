import { readBmpHeader, type BmpHeader } from './bmp-header.ts';
import { decodeRuns } from './bmp-runs.ts';
import { MAX_SIDE, unreadable } from './image-errors.ts';

/** Pixels in rows from the top, 8 bits a channel: red, green, blue, and alpha where there are four. */
export interface Bitmap {
  data: Uint8Array;
  width: number;
  height: number;
  channels: 3 | 4;
}

type RowReader = (row: number, out: Uint8Array, at: number) => void;

/**
 * Decode a whole BMP; sharp cannot. Every kind of the bmpsuite's "good" and most of its "questionable" set: 1, 4, 8, 16,
 * 24 and 32 bits, palettes, run lengths and bit masks. Throws AppError `image_unreadable`, also where the picture is
 * larger than any that is taken in, before memory is taken for it.
 */
export function decodeBmp(file: Buffer): Bitmap {
  const header = readBmpHeader(file);
  if (header.width < 1 || header.width > MAX_SIDE || header.height > MAX_SIDE) throw unreadable();
  try {
    return decodePixels(file, header);
  } catch (error) {
    throw unreadable(error);
  }
}

function decodePixels(file: Buffer, header: BmpHeader): Bitmap {
  const { width, height, topDown } = header;
  const channels = header.masks[3] === 0 ? 3 : 4;
  const readRow = rowReader(file, header, channels);
  const data = new Uint8Array(width * height * channels);
  for (let y = 0; y < height; y++) readRow(topDown ? y : height - 1 - y, data, y * width * channels);
  if (channels === 4) repairAlpha(data);
  return { data, width, height, channels };
}

/** Reads row `row`, counted in the order of the file. */
function rowReader(file: Buffer, header: BmpHeader, channels: 3 | 4): RowReader {
  const { width, height, bitsPerPixel, pixelOffset } = header;
  if (header.coding === 'rle') {
    const indices = decodeRuns(file.subarray(pixelOffset), header);
    return paletteRow(file, header, (row, x) => indices[row * width + x]!);
  }
  const stride = Math.ceil((width * bitsPerPixel) / 32) * 4;
  const needed = stride * (height - 1) + Math.ceil((width * bitsPerPixel) / 8);
  if (pixelOffset + needed > file.length) throw new Error('The BMP ends before its last row');
  const start = (row: number) => pixelOffset + row * stride;
  if (header.coding === 'masks') return maskedRow(file, header, channels, start);
  if (bitsPerPixel === 24) return (row, out, at) => copyBgr(file, start(row), width, out, at);
  return paletteRow(file, header, packedIndex(file, bitsPerPixel, start));
}

/** The palette index of a pixel packed 8, 4 or 1 to the byte, the leftmost in the highest bits. */
function packedIndex(file: Buffer, bits: number, start: (row: number) => number) {
  const perByte = 8 / bits;
  const mask = (1 << bits) - 1;
  return (row: number, x: number) => {
    const byte = file[start(row) + Math.floor(x / perByte)]!;
    return (byte >> (8 - bits * ((x % perByte) + 1))) & mask;
  };
}

/** Indices beyond the palette are black, as other readers have it. */
function paletteRow(file: Buffer, header: BmpHeader, indexAt: (row: number, x: number) => number): RowReader {
  const colours = new Uint8Array(256 * 3);
  for (let i = 0; i < header.paletteEntries; i++) {
    copyBgr(file, header.paletteOffset + i * header.paletteEntryBytes, 1, colours, i * 3);
  }
  return (row, out, at) => {
    for (let x = 0; x < header.width; x++) {
      const colour = indexAt(row, x) * 3;
      out[at + x * 3] = colours[colour]!;
      out[at + x * 3 + 1] = colours[colour + 1]!;
      out[at + x * 3 + 2] = colours[colour + 2]!;
    }
  };
}

function copyBgr(file: Buffer, from: number, pixels: number, out: Uint8Array, at: number): void {
  for (let i = 0; i < pixels * 3; i += 3) {
    out[at + i] = file[from + i + 2]!;
    out[at + i + 1] = file[from + i + 1]!;
    out[at + i + 2] = file[from + i]!;
  }
}

function maskedRow(
  file: Buffer,
  header: BmpHeader,
  channels: 3 | 4,
  start: (row: number) => number,
): RowReader {
  const bytes = header.bitsPerPixel / 8;
  const masks = header.masks.slice(0, channels).map(maskOf);
  return (row, out, at) => {
    for (let x = 0; x < header.width; x++) {
      const word = file.readUIntLE(start(row) + x * bytes, bytes);
      masks.forEach(({ mask, shift, scale }, channel) => {
        out[at + x * channels + channel] = Math.round(((word & mask) >>> shift) * scale);
      });
    }
  };
}

/** How to bring the bits under a mask to 0..255. */
function maskOf(mask: number): { mask: number; shift: number; scale: number } {
  if (mask === 0) return { mask, shift: 0, scale: 0 };
  const shift = 31 - Math.clz32(mask & -mask);
  const highest = mask >>> shift;
  if ((highest & (highest + 1)) !== 0) throw new Error('A BMP mask with a gap');
  return { mask, shift, scale: 255 / highest };
}

/** Many writers declare alpha and leave it 0 throughout: such a picture is meant to be opaque. */
function repairAlpha(data: Uint8Array): void {
  for (let i = 3; i < data.length; i += 4) if (data[i] !== 0) return;
  for (let i = 3; i < data.length; i += 4) data[i] = 255;
}
