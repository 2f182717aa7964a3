/** Escapes of a zero-length run. Anything higher is a count of pixels written out. */
const [END_OF_LINE, END_OF_BITMAP, DELTA] = [0, 1, 2];

interface RunPicture {
  width: number;
  height: number;
  bitsPerPixel: number;
}

/**
 * Palette indices of an RLE8 or RLE4 bitmap, one byte each, rows from the bottom as they are written. Pixels that no
 * run covers stay 0. Throws a plain Error where a run leaves the picture or the data ends too soon.
 */
export function decodeRuns(data: Uint8Array, { width, height, bitsPerPixel }: RunPicture): Uint8Array {
  const indices = new Uint8Array(width * height);
  const reader = new ByteReader(data);
  let [x, y] = [0, 0];
  for (;;) {
    const run = reader.next();
    const value = reader.next();
    if (run === 0 && value === END_OF_BITMAP) return indices;
    if (run === 0 && value === END_OF_LINE) [x, y] = [0, y + 1];
    else if (run === 0 && value === DELTA) [x, y] = [x + reader.next(), y + reader.next()];
    else {
      const length = run || value;
      if (y >= height || x + length > width) throw new Error('A run leaves the BMP');
      const bytes = run ? null : reader.take(literalBytes(length, bitsPerPixel));
      fill(indices, y * width + x, length, bitsPerPixel, bytes ?? value);
      x += length;
    }
  }
}

/** Written-out pixels are padded to whole 16-bit words. */
function literalBytes(pixels: number, bitsPerPixel: number): number {
  return Math.ceil((pixels * bitsPerPixel) / 16) * 2;
}

/** From one byte repeated (of which RLE4 uses the two halves in turn), or from bytes written out. */
function fill(
  indices: Uint8Array,
  start: number,
  length: number,
  bits: number,
  source: number | Uint8Array,
): void {
  for (let i = 0; i < length; i++) {
    const byte = typeof source === 'number' ? source : source[bits === 8 ? i : i >> 1]!;
    indices[start + i] = bits === 8 ? byte : i % 2 === 0 ? byte >> 4 : byte & 15;
  }
}

class ByteReader {
  readonly #data: Uint8Array;
  #position = 0;

  constructor(data: Uint8Array) {
    this.#data = data;
  }

  next(): number {
    const byte = this.#data[this.#position++];
    if (byte === undefined) throw new Error('The BMP ends inside a run');
    return byte;
  }

  take(count: number): Uint8Array {
    const end = this.#position + count;
    if (end > this.#data.length) throw new Error('The BMP ends inside a run');
    const taken = this.#data.subarray(this.#position, end);
    this.#position = end;
    return taken;
  }
}
