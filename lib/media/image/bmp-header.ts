import { unreadable } from './image-errors.ts';

/** How the pixels are written: as they are, run-length encoded, or cut from words by bit masks. */
export type BmpCoding = 'plain' | 'rle' | 'masks';

export interface BmpHeader {
  width: number;
  height: number;
  /** Rows run from the top; from the bottom otherwise, as is usual. */
  topDown: boolean;
  bitsPerPixel: number;
  coding: BmpCoding;
  /** Bit masks of red, green, blue and alpha in a 16 or 32 bit pixel; an alpha of 0 is none. */
  masks: readonly [number, number, number, number];
  /** Bytes from the beginning of the file. */
  paletteOffset: number;
  paletteEntryBytes: 3 | 4;
  paletteEntries: number;
  pixelOffset: number;
}

const FILE_HEADER_BYTES = 14;
const CORE_HEADER_BYTES = 12;
const OS2_HEADER_BYTES = new Set([16, 64]);
const [RGB, RLE8, RLE4, BITFIELDS, ALPHA_BITFIELDS] = [0, 1, 2, 3, 6];
const NO_MASKS = [0, 0, 0, 0] as const;

/**
 * Read a BMP's header (Microsoft's BITMAPCOREHEADER to BITMAPV5HEADER and IBM's OS/2 variants). Widths and heights are
 * as the file states them, not yet checked against its length. Throws AppError `image_unreadable`.
 */
export function readBmpHeader(file: Buffer): BmpHeader {
  try {
    const headerBytes = file.readUInt32LE(FILE_HEADER_BYTES);
    return headerBytes === CORE_HEADER_BYTES ? readCoreHeader(file) : readInfoHeader(file, headerBytes);
  } catch (error) {
    throw unreadable(error);
  }
}

function readCoreHeader(file: Buffer): BmpHeader {
  const bitsPerPixel = file.readUInt16LE(24);
  return {
    width: file.readUInt16LE(18),
    height: file.readUInt16LE(20),
    topDown: false,
    bitsPerPixel,
    coding: codingOf(RGB, bitsPerPixel),
    masks: plainMasks(bitsPerPixel),
    ...paletteBetween(file, FILE_HEADER_BYTES + CORE_HEADER_BYTES, 3, bitsPerPixel, 0),
  };
}

function readInfoHeader(file: Buffer, headerBytes: number): BmpHeader {
  const height = file.readInt32LE(22);
  const bitsPerPixel = file.readUInt16LE(28);
  const compression = headerBytes > 16 ? file.readUInt32LE(30) : RGB;
  if (OS2_HEADER_BYTES.has(headerBytes) && compression > RLE4) throw new Error('Huffman-coded BMP');
  const coding = codingOf(compression, bitsPerPixel);
  if (coding === 'rle' && height < 0) throw new Error('Run-length encoded BMP from the top');
  const colours = headerBytes > 16 ? file.readUInt32LE(46) : 0;
  const loose = looseMaskBytes(headerBytes, compression);
  return {
    width: file.readInt32LE(18),
    height: Math.abs(height),
    topDown: height < 0,
    bitsPerPixel,
    coding,
    masks: coding === 'masks' ? readMasks(file, headerBytes + loose) : plainMasks(bitsPerPixel),
    ...paletteBetween(file, FILE_HEADER_BYTES + headerBytes + loose, 4, bitsPerPixel, colours),
  };
}

function codingOf(compression: number, bitsPerPixel: number): BmpCoding {
  const is = (kind: number | undefined, ...depths: number[]) =>
    compression === kind && depths.includes(bitsPerPixel);
  if (is(RGB, 1, 4, 8, 24)) return 'plain';
  if (is(RGB, 16, 32)) return 'masks';
  if (is(RLE8, 8) || is(RLE4, 4)) return 'rle';
  if (is(BITFIELDS, 16, 32) || is(ALPHA_BITFIELDS, 16, 32)) return 'masks';
  throw new Error(`BMP with compression ${compression} at ${bitsPerPixel} bits`);
}

/** Masks follow the 40-byte header as 3 or 4 words of their own; the longer headers hold them. */
function looseMaskBytes(headerBytes: number, compression: number): number {
  if (headerBytes !== 40) return 0;
  if (compression === BITFIELDS) return 12;
  return compression === ALPHA_BITFIELDS ? 16 : 0;
}

function readMasks(file: Buffer, headerBytes: number): BmpHeader['masks'] {
  const compression = file.readUInt32LE(30);
  if (compression === RGB) return plainMasks(file.readUInt16LE(28));
  const mask = (index: number) => file.readUInt32LE(FILE_HEADER_BYTES + 40 + index * 4);
  return [mask(0), mask(1), mask(2), headerBytes >= 56 ? mask(3) : 0];
}

function plainMasks(bitsPerPixel: number): BmpHeader['masks'] {
  if (bitsPerPixel === 16) return [0x7c00, 0x03e0, 0x001f, 0];
  return bitsPerPixel === 32 ? [0xff0000, 0xff00, 0xff, 0] : NO_MASKS;
}

/** Palette and pixels, which lie where the file says, with no more colours than fit between. */
function paletteBetween(
  file: Buffer,
  paletteOffset: number,
  paletteEntryBytes: 3 | 4,
  bitsPerPixel: number,
  colours: number,
) {
  const pixelOffset = file.readUInt32LE(10);
  if (pixelOffset < paletteOffset || pixelOffset >= file.length) throw new Error('BMP without pixels');
  const possible = bitsPerPixel > 8 ? 0 : 1 << bitsPerPixel;
  const room = Math.floor((pixelOffset - paletteOffset) / paletteEntryBytes);
  const paletteEntries = Math.min(colours || possible, possible, room);
  return { paletteOffset, paletteEntryBytes, paletteEntries, pixelOffset };
}
