import type { Picture } from '#worker/pipelines/raster/size';
import type { Passage } from './between-frames.ts';

/** A cross-fade from one picture to another of its size; its moments are shares of the second. */
export function fadeBetween(start: Picture, end: Picture): Passage<number> {
  return {
    first: 0,
    last: 1,
    between: async (from, to, t) => from + (to - from) * t,
    show: (share) => mix(start, end, share),
  };
}

function mix({ width, height, rgb }: Picture, end: Picture, share: number): Picture {
  return { width, height, rgb: rgb.map((value, i) => Math.round(value + (end.rgb[i]! - value) * share)) };
}
