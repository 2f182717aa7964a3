import type { Size } from '#worker/pipelines/raster/size';
import { type Span, spansOf } from '../tiles/grid.ts';
import type { Tiling } from '../tiles/work.ts';
import type { Factor } from './network.ts';

/** How a photo is to be enlarged. */
export interface Plan extends Tiling {
  factor: Factor;
  columns: readonly Span[];
  photo: Size;
}

/** Pixels around a tile that the network sees besides. ESRGAN medium looks no farther, Real-ESRGAN hardly. */
export const MARGIN = 12;
/** Of those, how many are blended with the neighbouring tile; those beyond lie too near the tile's end to be right. */
const FEATHER = 6;
/** Longest side of a tile without its margins. The last pass needs some 6 kB of memory for each pixel it takes in. */
const TILE_SIDE: Readonly<Record<Factor, number>> = { 2: 256, 4: 144 };

export function planFor(modelId: string, { width, height }: Size, factor: Factor): Plan {
  return {
    modelId,
    factor,
    columns: spansOf(width, TILE_SIDE[factor]),
    rows: spansOf(height, TILE_SIDE[factor]),
    feather: FEATHER,
    photo: { width, height },
    size: { width: width * factor, height: height * factor },
  };
}
