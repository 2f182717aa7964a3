import { bins, enlarge } from '#worker/pipelines/raster/resample';
import type { Plane, Size } from '#worker/pipelines/raster/size';

/** Mean over the pixels that fall into each smaller pixel (box filter). Where the size grows, `enlarge`. */
export function shrink(plane: Plane, to: Size): Plane {
  if (to.width > plane.width || to.height > plane.height) return enlarge(plane, to);
  const sums = new Float32Array(to.width * to.height);
  const counts = new Uint32Array(sums.length);
  const columns = bins(plane.width, to.width);
  const rows = bins(plane.height, to.height);
  for (let y = 0; y < plane.height; y++) {
    const row = rows[y]! * to.width;
    for (let x = 0; x < plane.width; x++) {
      const bin = row + columns[x]!;
      sums[bin]! += plane.data[y * plane.width + x]!;
      counts[bin]!++;
    }
  }
  for (let i = 0; i < sums.length; i++) sums[i]! /= counts[i]!;
  return { ...to, data: sums };
}
