import { oneAhead } from '#lib/core/one-ahead';
import type { Picture } from '#worker/pipelines/raster/size';
import { decodeTiled } from './tiled-decoding.ts';
import { planTiles, tilesOf } from './tiles.ts';
import { type Decoding, decodeTile } from './vae-decoder.ts';

/**
 * Frame after frame of the video, as 8-bit pictures; in tiles where a whole picture needs more than `budgetBytes`. The
 * next group of frames is decoded while the taker is busy with the one before.
 */
export async function* decode(decoding: Decoding, budgetBytes: number): AsyncGenerator<Picture> {
  const { set, shape, watch } = decoding;
  const grid = planTiles(set.index, shape, budgetBytes);
  const [whole, ...others] = tilesOf(grid);
  if (others.length > 0) return yield* decodeTiled(decoding, grid);
  let done = 0;
  for await (const pictures of oneAhead(decodeTile(decoding, whole!))) {
    yield* pictures;
    watch?.(++done, shape.frames);
  }
}
