import { RELIEF_STEP, reliefSize, type Scene, type Sheet, TEXELS_PER_PIXEL } from './scene.ts';
import type { View } from './geometry.ts';

/** Pixels along a side of the cells that a frame is drawn in: between their corners, places are interpolated. */
export const CELL = 8;
/** Texel coordinates are whole numbers of this part of a texel. */
export const FRACTION_BITS = 16;
/**
 * Steps towards the place whose disparity brings it here, from the disparity of the place beside it. What one step is off
 * by, the next is off by times the slope of the relief and the camera's way: mostly a tenth, at the very most three quarters.
 */
const STEPS = 4;

/** This module's own copy, see cell.ts. */
const SAMPLE_STEP = RELIEF_STEP;

/** Where the corners of a row of cells lie on a sheet, in texels * 2 ** FRACTION_BITS from its top left pixel. */
export interface CornerRow {
  x: Int32Array;
  y: Int32Array;
}

export function cornerRow({ width }: Scene): CornerRow {
  const corners = Math.ceil(width / CELL) + 1;
  return { x: new Int32Array(corners), y: new Int32Array(corners) };
}

/**
 * Find what a view shows of a sheet along the row `y` of the frame, at every CELL-th pixel: the place whose own disparity
 * puts it there, by fixed-point iteration on the smooth relief.
 */
export function locateRow(sheet: Sheet, scene: Scene, view: View, y: number, into: CornerRow): void {
  const { relief, left, top } = sheet;
  const { forward, asideX, asideY, scale } = view;
  const [middleX, middleY] = [(scene.width - 1) / 2, (scene.height - 1) / 2];
  const samples = reliefSize(scene);
  const unit = TEXELS_PER_PIXEL * 2 ** FRACTION_BITS;
  const seenY = (y - middleY) * scale + view.offsetY;
  let disparity = relief[Math.min(samples.height - 1, Math.round(y / RELIEF_STEP)) * samples.width]!;
  for (let corner = 0; corner < into.x.length; corner++) {
    const seenX = (corner * CELL - middleX) * scale + view.offsetX;
    const wayX = asideX - seenX * forward;
    const wayY = asideY - seenY * forward;
    let placeX = seenX + middleX + disparity * wayX;
    let placeY = seenY + middleY + disparity * wayY;
    for (let step = 0; step < STEPS; step++) {
      // The relief at the place, bilinear; beyond the picture it goes on as at its border.
      const atX = Math.min(samples.width - 1.001, Math.max(0, placeX / SAMPLE_STEP));
      const atY = Math.min(samples.height - 1.001, Math.max(0, placeY / SAMPLE_STEP));
      const column = Math.floor(atX);
      const first = Math.floor(atY) * samples.width + column;
      const across = atX - column;
      const down = atY - Math.floor(atY);
      const above = relief[first]! + across * (relief[first + 1]! - relief[first]!);
      const second = first + samples.width;
      const below = relief[second]! + across * (relief[second + 1]! - relief[second]!);
      disparity = above + down * (below - above);
      placeX = seenX + middleX + disparity * wayX;
      placeY = seenY + middleY + disparity * wayY;
    }
    into.x[corner] = Math.round((placeX - left) * unit);
    into.y[corner] = Math.round((placeY - top) * unit);
  }
}
