/** A number that a request may choose. */
export interface Range {
  default: number;
  min: number;
  max: number;
}

/** How a model goes from noise to a result. */
export type SchedulerName = 'unipc' | 'flow-euler' | 'ddim' | 'euler' | 'euler-ancestral' | 'lcm';

/** What a model that makes video out of noise can make. Requests are held against it before any work is done. */
export interface VideoGeneration {
  size: {
    /** Pixels. */
    default: { width: number; height: number };
    /** Both sides are multiples of this. */
    multiple: number;
    /** Least length of a side. */
    min: number;
    maxPixels: number;
  };
  /** A whole number of `step`s, and one more. */
  frames: Range & { step: number };
  /** Frames a second. */
  fps: Range;
  steps: Range;
  guidance: Range;
  /** The first is taken where none is named. */
  schedulers: readonly [SchedulerName, ...SchedulerName[]];
}

/** What a model that paints a photo anew after a prompt can be told. */
export interface PictureGeneration {
  steps: Range;
  guidance: Range;
  /** The first is taken where none is named. */
  schedulers: readonly [SchedulerName, ...SchedulerName[]];
}
