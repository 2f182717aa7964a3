import { enlargeRow, sampling } from '#worker/pipelines/raster/resample';
import type { Picture } from '#worker/pipelines/raster/size';
import { colourLines } from './colour-lines.ts';
import type { RefinedMatte } from './refine-matte.ts';

/** Opacities that far from 0 and 1 are taken for those: what is left there of a solution is a veil nobody asked for. */
const VEIL = 0.02;

/**
 * A refined matte at the photo's own size, 0..255: the fast guided filter (He & Sun, 2015), by which opacity follows the
 * large photo's colours as it did those of the small one.
 */
export function matteAtFullSize(refined: RefinedMatte, photo: Picture): Uint8Array {
  const { width, height, rgb } = photo;
  const matte = new Uint8Array(width * height);
  if (refined.photo.width === width && refined.photo.height === height) {
    for (let i = 0; i < matte.length; i++) matte[i] = toByte(refined.alpha.data[i]!);
    return matte;
  }
  const lines = colourLines(refined);
  const columns = sampling(refined.photo.width, width);
  const rows = sampling(refined.photo.height, height);
  const line = lines.map(() => new Float32Array(width));
  const [red, green, blue, constant] = line as [Float32Array, Float32Array, Float32Array, Float32Array];
  for (let y = 0, i = 0; y < height; y++) {
    lines.forEach((plane, k) => enlargeRow(plane, { columns, rows, y }, line[k]!));
    for (let x = 0; x < width; x++, i++) {
      const colour = red[x]! * rgb[i * 3]! + green[x]! * rgb[i * 3 + 1]! + blue[x]! * rgb[i * 3 + 2]!;
      matte[i] = toByte(colour + constant[x]!);
    }
  }
  return matte;
}

function toByte(opacity: number): number {
  return Math.round(255 * Math.min(1, Math.max(0, (opacity - VEIL) / (1 - 2 * VEIL))));
}
