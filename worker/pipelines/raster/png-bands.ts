import { open } from 'node:fs/promises';
import { promisify } from 'node:util';
import { constants, crc32, deflateRaw } from 'node:zlib';
import { adler32 } from './adler32.ts';
import { withComment } from './png-comment.ts';
import type { Size } from './size.ts';

const deflated = promisify(deflateRaw);

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Deflate with a window of 32 KB, and no dictionary (RFC 1950). */
const ZLIB_HEADER = Buffer.from([0x78, 0x01]);
/** An empty last block. */
const DEFLATE_END = Buffer.from([0x03, 0x00]);
const COLOUR_TYPES = { 3: 2, 4: 6 } as const;
const FILTERS = { left: 1, paeth: 4 } as const;

/** What is there of a PNG that is not finished. */
export interface PngSoFar {
  /** Each band's pixels, compressed. */
  bands: Uint8Array[];
  checksum: number;
}

/**
 * A PNG that is made a band of rows at a time, and of which only the compressed rows are kept: each band can be read by
 * itself, so that it can be gone on with in another process.
 */
export class PngBands {
  readonly #size: Size;
  readonly #channels: 3 | 4;
  readonly #soFar: PngSoFar;

  constructor(size: Size, channels: 3 | 4, soFar: PngSoFar = { bands: [], checksum: adler32([]) }) {
    this.#size = size;
    this.#channels = channels;
    this.#soFar = { ...soFar, bands: [...soFar.bands] };
  }

  get soFar(): PngSoFar {
    return this.#soFar;
  }

  /** Add rows of interleaved 8-bit pixels below those that are there. */
  async add(pixels: Uint8Array): Promise<void> {
    const filtered = filterRows(pixels, this.#size.width * this.#channels, this.#channels);
    this.#soFar.checksum = adler32(filtered, this.#soFar.checksum);
    this.#soFar.bands.push(await deflated(filtered, { level: 3, finishFlush: constants.Z_FULL_FLUSH }));
  }

  /** Write the whole file; `stamp`: ASCII text to go with it, as its comment. */
  async write(path: string, stamp: string | null): Promise<void> {
    const header = Buffer.concat([SIGNATURE, chunk('IHDR', this.#header())]);
    const trailer = Buffer.alloc(4);
    trailer.writeUInt32BE(this.#soFar.checksum);
    const file = await open(path, 'w');
    try {
      for (const part of stamp === null ? [header] : withComment(header, stamp)) await file.writeFile(part);
      await file.writeFile(chunk('IDAT', ZLIB_HEADER));
      for (const band of this.#soFar.bands) await file.writeFile(chunk('IDAT', band));
      await file.writeFile(chunk('IDAT', Buffer.concat([DEFLATE_END, trailer])));
      await file.writeFile(chunk('IEND', Buffer.alloc(0)));
    } finally {
      await file.close();
    }
  }

  /** PNG, third edition, 11.2.1: size, bit depth, colour type, and the usual methods. */
  #header(): Buffer {
    const header = Buffer.alloc(13);
    header.writeUInt32BE(this.#size.width, 0);
    header.writeUInt32BE(this.#size.height, 4);
    header[8] = 8;
    header[9] = COLOUR_TYPES[this.#channels];
    return header;
  }
}

/** Length, type, data and the checksum of the last two. */
function chunk(type: string, data: Uint8Array): Buffer {
  const framed = Buffer.alloc(data.length + 12);
  framed.writeUInt32BE(data.length, 0);
  framed.write(type, 4, 'latin1');
  framed.set(data, 8);
  framed.writeUInt32BE(crc32(framed.subarray(4, data.length + 8)), data.length + 8);
  return framed;
}

/**
 * Each row as how it differs from what its neighbours foretell, behind a byte that names the filter (PNG, third
 * edition, 9). The first row goes by itself, for it is not known what lies above it.
 */
function filterRows(pixels: Uint8Array, stride: number, channels: number): Uint8Array {
  const rows = pixels.length / stride;
  const filtered = new Uint8Array(rows * (stride + 1));
  for (let row = 0; row < rows; row++) {
    const from = row * stride;
    const to = row * (stride + 1);
    filtered[to] = row === 0 ? FILTERS.left : FILTERS.paeth;
    for (let i = 0; i < stride; i++) {
      const left = i < channels ? 0 : pixels[from + i - channels]!;
      const above = row === 0 ? 0 : pixels[from + i - stride]!;
      const corner = row === 0 || i < channels ? 0 : pixels[from + i - stride - channels]!;
      filtered[to + 1 + i] = pixels[from + i]! - (row === 0 ? left : paeth(left, above, corner));
    }
  }
  return filtered;
}

/** Whichever neighbour lies closest to left + above - corner. */
function paeth(left: number, above: number, corner: number): number {
  const toLeft = Math.abs(above - corner);
  const toAbove = Math.abs(left - corner);
  const toCorner = Math.abs(left + above - 2 * corner);
  if (toLeft <= toAbove && toLeft <= toCorner) return left;
  return toAbove <= toCorner ? above : corner;
}
