import type { Size } from '#worker/pipelines/raster/size';
import { type Span, spansOf } from '../tiles/grid.ts';
import type { Tiling } from '../tiles/work.ts';
import { BAND } from './enlarge-painting.ts';
import { SIDE_UNIT } from './network.ts';

/** Longest side of a tile without its margins: with them, a run takes 400 MB at most. */
const TILE_SIDE = 448;
/** Pixels around a tile that the network sees besides: nearer to its end it paints frames. */
export const MARGIN = 48;
/** Of those, how many are blended with the neighbouring tile. */
const FEATHER = 28;

/** How a photo is cut into tiles to be painted. */
export interface Plan extends Tiling {
  columns: readonly Span[];
  /** What progress is counted in: the photo at once, its tiles, and the bands it is enlarged in. */
  steps: number;
}

/** The plan for a copy of a photo, which may be the photo itself. */
export function planFor(modelId: string, { width, height }: Size, photo: Size): Plan {
  const columns = spansOf(width, TILE_SIDE, SIDE_UNIT);
  const rows = spansOf(height, TILE_SIDE, SIDE_UNIT);
  const bands = width === photo.width ? 0 : Math.ceil(photo.height / BAND);
  const steps = 1 + rows.length * columns.length + bands;
  return { modelId, size: { width, height }, factor: 1, feather: FEATHER, columns, rows, steps };
}
