import type { Size } from '#worker/pipelines/raster/size';
import { type Sheet, TEXELS_PER_PIXEL } from './scene.ts';
import { CELL, FRACTION_BITS } from './warp.ts';

/** Two channels of a texel, with room for a product between them. */
const PAIR = 0x00ff00ff;
/** Half a level, in both. */
const HALF = 0x00800080;
/** Bits of the weights that neighbours are mixed by. */
const WEIGHT_BITS = 8;
const WHOLE = 1 << WEIGHT_BITS;

/*
 * This module's own copies: in a thread all is CommonJS (tsx 4.23 on Node 20), where what is imported is asked of a getter
 * at every use. For every pixel, that made drawing three times as slow.
 */
const SIDE = CELL;
const PLACE_BITS = FRACTION_BITS;

/** A line across a sheet, in the coordinates of `CornerRow`: where its first pixel is, and how far it is to the next. */
export interface Run {
  x: number;
  y: number;
  stepX: number;
  stepY: number;
}

/** A small square of the frame as it is drawn: what shows of the sheets so far, from the nearest. */
export class Cell {
  /** Premultiplied red and blue of each pixel; green and opacity. */
  readonly #redBlue = new Int32Array(SIDE * SIDE);
  readonly #greenAlpha = new Int32Array(SIDE * SIDE);

  clear(): void {
    this.#redBlue.fill(0);
    this.#greenAlpha.fill(0);
  }

  /** Whether nothing shines through any more. */
  isFull(): boolean {
    for (let i = 0; i < SIDE * SIDE; i++) if (this.#greenAlpha[i]! >>> 16 !== 255) return false;
    return true;
  }

  /**
   * Lay what a run across a sheet shows behind what is there, in one row of the cell. Texels are sampled bilinearly, two
   * channels at a time; beyond the sheet they are as at its border.
   */
  layRow(row: number, { texels, width, height }: Sheet, { x: startX, y: startY, stepX, stepY }: Run): void {
    const redBlue = this.#redBlue;
    const greenAlpha = this.#greenAlpha;
    const stride = width * TEXELS_PER_PIXEL;
    const mostX = ((width - 1) * TEXELS_PER_PIXEL) << PLACE_BITS;
    const mostY = ((height - 1) * TEXELS_PER_PIXEL) << PLACE_BITS;
    let x = startX | 0;
    let y = startY | 0;
    for (let i = row * SIDE; i < (row + 1) * SIDE; i++, x += stepX, y += stepY) {
      const open = 255 - (greenAlpha[i]! >>> 16);
      if (open === 0) continue;
      const atX = x < 0 ? 0 : x > mostX ? mostX : x;
      const atY = y < 0 ? 0 : y > mostY ? mostY : y;
      const across = (atX >> (PLACE_BITS - WEIGHT_BITS)) & (WHOLE - 1);
      const down = (atY >> (PLACE_BITS - WEIGHT_BITS)) & (WHOLE - 1);
      const at = Math.imul(atY >> PLACE_BITS, stride) + (atX >> PLACE_BITS);
      const a = texels[at]!;
      const b = texels[at + 1]!;
      const c = texels[at + stride]!;
      const d = texels[at + stride + 1]!;
      const seenRedBlue = mix(mix(a, b, across), mix(c, d, across), down);
      const seenGreenAlpha = mix(mix(a >>> 8, b >>> 8, across), mix(c >>> 8, d >>> 8, across), down);
      // Of 256, so that what is fully open stays as it is; what is covered fully in the end is at exactly 255.
      const share = open + (open >> 7);
      redBlue[i] = redBlue[i]! + part(seenRedBlue, share);
      greenAlpha[i] = greenAlpha[i]! + part(seenGreenAlpha, share);
    }
  }

  /** Put the cell into a frame of interleaved 8-bit RGB, with its top left corner at a place; what is beyond is cut off. */
  put(rgb: Uint8Array, { width, height }: Size, left: number, top: number): void {
    const right = Math.min(width, left + SIDE);
    for (let y = top; y < Math.min(height, top + SIDE); y++) {
      let to = (y * width + left) * 3;
      for (let i = (y - top) * SIDE, x = left; x < right; i++, x++, to += 3) {
        rgb[to] = this.#redBlue[i]! & 255;
        rgb[to + 1] = this.#greenAlpha[i]! & 255;
        rgb[to + 2] = this.#redBlue[i]! >>> 16;
      }
    }
  }
}

/** Between two pairs of channels, at a share of WHOLE from the first to the second; rounded. */
function mix(from: number, to: number, share: number): number {
  return (
    ((Math.imul(from & PAIR, WHOLE - share) + Math.imul(to & PAIR, share) + HALF) >>> WEIGHT_BITS) & PAIR
  );
}

/** A share of WHOLE of a pair of channels, rounded. */
function part(pair: number, share: number): number {
  return ((Math.imul(pair, share) + HALF) >>> WEIGHT_BITS) & PAIR;
}
