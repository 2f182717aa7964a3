import type { Size } from '#worker/pipelines/raster/size';

/** Pixels between two neighbouring samples of a sheet's relief. */
export const RELIEF_STEP = 8;
/** Texels along a pixel's side: see `texelsOf`. */
export const TEXELS_PER_PIXEL = 2;
/** Pixels along a side of the squares in which it is noted where a sheet shows at all. */
export const BLOCK = 16;

/** What a block of a sheet holds. */
export const EMPTY = 0;
export const PARTLY = 1;
export const OPAQUE = 2;

/**
 * One sheet of the multiplane camera: a picture with a relief of its own. All its arrays are shared memory, so that
 * threads can have it without copies.
 */
export interface Sheet {
  /** The part of the picture that it covers, in pixels. */
  left: number;
  top: number;
  width: number;
  height: number;
  /** RGBA, premultiplied, red in the lowest byte: rows of `TEXELS_PER_PIXEL * width`, twice as many as `height`. */
  texels: Uint32Array;
  /** EMPTY, PARTLY or OPAQUE for each block, rows of `ceil(width / BLOCK)`. */
  blocks: Uint8Array;
  /** Disparity at every RELIEF_STEP-th pixel of the whole picture, see `reliefSize`. */
  relief: Float32Array;
}

/** What a camera can move through: sheets of one picture's size, far to near. The farthest is opaque everywhere. */
export interface Scene extends Size {
  sheets: Sheet[];
  /** Disparity of what the picture is about. */
  focus: number;
}

/** Samples of the relief of a picture: the last ones lie on its border or just beyond. */
export function reliefSize({ width, height }: Size): Size {
  return {
    width: Math.ceil((width - 1) / RELIEF_STEP) + 1,
    height: Math.ceil((height - 1) / RELIEF_STEP) + 1,
  };
}
