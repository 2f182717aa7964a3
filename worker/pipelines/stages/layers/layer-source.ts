import type { Picture, Plane } from '#worker/pipelines/raster/size';
import type { Rim } from './hidden.ts';

/** The nearest layer: nothing hides any of it. All pixel data is of the photo's size. */
export interface Nearest {
  photo: Picture;
  /** Distance to what is as near as the layer or nearer, see `distanceToNearer`; 0 everywhere for the background. */
  toOwn: Uint8Array;
  /** See `ringWidth`. */
  ring: number;
  rim: Rim;
}

/** A layer with nearer ones before it. */
export interface Behind extends Nearest {
  /** The photo with what is nearer than the layer filled, RGB. */
  fill: Uint8Array;
  /** Distance to what is nearer than the layer. */
  toNearer: Uint8Array;
  /** See `ownership`; any size. */
  owns: Plane;
}

/** What one layer is painted from. */
export type LayerSource = Nearest | Behind;

/** What is painted on, interleaved, 8-bit, of the photo's size. */
export interface Sheets {
  /** The layer itself, RGBA with straight alpha: all zero before. */
  layer: Uint8Array;
  /** RGB of all layers so far, laid over each other. */
  composite: Uint8Array;
}
