import type { Share } from './grid.ts';
import type { Tile } from './tile.ts';

/** Where a tile lies among the others, and its own place: pixels of the enlarged picture. */
interface Placement {
  across: Share;
  down: Share;
  /** The top left corner of the tile, margins included. */
  left: number;
  top: number;
}

/** The rows of an enlarged picture that are in the making: one row of tiles, and what is faded into the next. */
export class Strip {
  readonly #width: number;
  readonly #rgb: Float32Array<ArrayBuffer>;
  #top: number;

  /** `height`: rows that it has room for. `carried`: what is there already, from row `top` on. */
  constructor(width: number, height: number, top = 0, carried: Float32Array = new Float32Array(0)) {
    this.#width = width;
    this.#rgb = new Float32Array(width * height * 3);
    this.#rgb.set(carried);
    this.#top = top;
  }

  /** Row of the picture that its first one is. */
  get top(): number {
    return this.#top;
  }

  /** Add a tile (0..255), as far as it has a share. */
  add(tile: Tile, { across, down, left, top }: Placement): void {
    const pixels = tile.width * tile.height;
    for (let j = 0; j < down.weights.length; j++) {
      const row = down.start + j;
      let to = ((row - this.#top) * this.#width + across.start) * 3;
      let from = (row - top) * tile.width + across.start - left;
      for (let i = 0; i < across.weights.length; i++, from++, to += 3) {
        const weight = across.weights[i]! * down.weights[j]!;
        this.#rgb[to]! += tile.data[from]! * weight;
        this.#rgb[to + 1]! += tile.data[from + pixels]! * weight;
        this.#rgb[to + 2]! += tile.data[from + 2 * pixels]! * weight;
      }
    }
  }

  /** Take the rows above `row` out, which no tile adds to any more: interleaved 8-bit RGB. The others move up. */
  takeUntil(row: number): Uint8Array {
    const values = (row - this.#top) * this.#width * 3;
    const taken = new Uint8Array(values);
    for (let i = 0; i < values; i++) taken[i] = Math.round(this.#rgb[i]!);
    this.#rgb.copyWithin(0, values);
    this.#rgb.fill(0, this.#rgb.length - values);
    this.#top = row;
    return taken;
  }

  /** What the first `rows` rows hold so far. */
  carried(rows: number): Float32Array<ArrayBuffer> {
    return this.#rgb.slice(0, rows * this.#width * 3);
  }
}
