import type { Size } from '#worker/pipelines/raster/size';
import { BLOCK, EMPTY, OPAQUE, PARTLY, type Sheet, TEXELS_PER_PIXEL } from './scene.ts';

/** Of a texel. */
const BYTES = 4;

/** Part of a picture, in pixels. */
type Part = Pick<Sheet, 'left' | 'top' | 'width' | 'height'>;

/**
 * A sheet's pixels as the renderer samples them: premultiplied, and with one texel more between any two pixels. Every
 * second texel is a pixel unchanged, so that a picture at rest is the photo itself; halfway between texels, bilinear
 * sampling blurs far less than it would between pixels. `rgba` is the whole picture with straight alpha.
 */
export function texelsOf(rgba: Uint8Array, { width }: Size, part: Part): Uint32Array {
  const row = part.width * TEXELS_PER_PIXEL * BYTES;
  const bytes = new Uint8Array(new SharedArrayBuffer(row * part.height * TEXELS_PER_PIXEL));
  for (let y = 0; y < part.height; y++) {
    const line = { start: y * TEXELS_PER_PIXEL * row, step: TEXELS_PER_PIXEL * BYTES, count: part.width };
    premultiply(rgba, ((part.top + y) * width + part.left) * BYTES, bytes, line);
    interpolate(bytes, line, 1);
  }
  interpolate(bytes, { start: 0, step: TEXELS_PER_PIXEL * row, count: part.height }, row / BYTES);
  return new Uint32Array(bytes.buffer);
}

/** Where pixels lie, or rows of them: how many, and bytes from one to the next. */
interface Line {
  start: number;
  step: number;
  count: number;
}

function premultiply(rgba: Uint8Array, from: number, bytes: Uint8Array, { start, step, count }: Line): void {
  for (let i = from, at = start; at < start + count * step; i += BYTES, at += step) {
    const alpha = rgba[i + 3]!;
    for (let channel = 0; channel < 3; channel++) {
      bytes[at + channel] = Math.round((rgba[i + channel]! * alpha) / 255);
    }
    bytes[at + 3] = alpha;
  }
}

/** Put between every two of a line what lies between them: `length` texels each. The last is followed by its own like. */
function interpolate(bytes: Uint8Array, { start, step, count }: Line, length: number): void {
  const taps = new Int32Array(6);
  for (let i = 0; i < count; i++) {
    for (let tap = 0; tap < taps.length; tap++) {
      taps[tap] = start + Math.min(count - 1, Math.max(0, i + tap - 2)) * step;
    }
    const to = start + i * step + step / TEXELS_PER_PIXEL;
    for (let at = 0; at < length * BYTES; at += BYTES) {
      // At a soft edge the sharp filter would overshoot, and draw a line along it.
      const halfway = isOpaque(bytes, taps, at + 3) ? sharpHalfway : evenHalfway;
      for (let c = 0; c < BYTES; c++) bytes[to + at + c] = halfway(bytes, taps, at + c);
    }
  }
}

function isOpaque(bytes: Uint8Array, taps: Int32Array, offset: number): boolean {
  for (let tap = 0; tap < taps.length; tap++) if (bytes[taps[tap]! + offset]! !== 255) return false;
  return true;
}

/** The six-tap filter that H.264 takes half a pixel's value by: (1, -5, 20, 20, -5, 1) / 32. */
function sharpHalfway(bytes: Uint8Array, taps: Int32Array, offset: number): number {
  const inner = bytes[taps[2]! + offset]! + bytes[taps[3]! + offset]!;
  const middle = bytes[taps[1]! + offset]! + bytes[taps[4]! + offset]!;
  const outer = bytes[taps[0]! + offset]! + bytes[taps[5]! + offset]!;
  const value = (20 * inner - 5 * middle + outer + 16) >> 5;
  return value < 0 ? 0 : value > 255 ? 255 : value;
}

function evenHalfway(bytes: Uint8Array, taps: Int32Array, offset: number): number {
  return (bytes[taps[2]! + offset]! + bytes[taps[3]! + offset]! + 1) >> 1;
}

/** What each block of a part holds; sampling in one reaches a texel into the next. */
export function blocksOf(texels: Uint32Array, { width, height }: Size): Uint8Array {
  const across = Math.ceil(width / BLOCK);
  const blocks = new Uint8Array(new SharedArrayBuffer(across * Math.ceil(height / BLOCK)));
  const side = BLOCK * TEXELS_PER_PIXEL;
  const [columns, rows] = [width * TEXELS_PER_PIXEL, height * TEXELS_PER_PIXEL];
  for (let block = 0; block < blocks.length; block++) {
    const [left, top] = [(block % across) * side, Math.floor(block / across) * side];
    let [least, most] = [255, 0];
    for (let y = top; y < Math.min(rows, top + side + 1); y++) {
      for (let x = left; x < Math.min(columns, left + side + 1); x++) {
        const alpha = texels[y * columns + x]! >>> 24;
        if (alpha < least) least = alpha;
        if (alpha > most) most = alpha;
      }
    }
    blocks[block] = most === 0 ? EMPTY : least === 255 ? OPAQUE : PARTLY;
  }
  return blocks;
}
