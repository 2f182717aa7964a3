import { normalise } from '#worker/pipelines/raster/levels';
import type { Plane } from '#worker/pipelines/raster/size';

/**
 * Share of the picture's layout in the joined depth, under a roof and under the sky; the rest is the network's. Tuned
 * with bench/depth.ts.
 */
const LAYOUT_SHARE = { indoors: 0.5, outdoors: 0.65 };

/**
 * Nearness 0..1 from a weak network's nearness and where things stand in the picture: on a ground seen from above,
 * what is lower is nearer (Torralba & Oliva, "Depth estimation from image structure", 2002, among many). FastDepth was
 * trained in rooms and knows little of the outdoors; a ramp from top to bottom is the better half of a guess there.
 */
export function joinLayout(nearness: Plane, place: keyof typeof LAYOUT_SHARE): Plane {
  const { width, height } = nearness;
  const share = LAYOUT_SHARE[place];
  const data = normalise(nearness.data, 0.02);
  for (let i = 0; i < data.length; i++) {
    const down = Math.floor(i / width) / Math.max(1, height - 1);
    data[i] = data[i]! * (1 - share) + down * share;
  }
  return { width, height, data };
}
