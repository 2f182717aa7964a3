import { join } from 'node:path';
import type { PngBands } from '#worker/pipelines/raster/png-bands';
import { fitWithin, type Size } from '#worker/pipelines/raster/size';
import type { PictureSource, StageContext, WrittenFile } from '#worker/pipelines/run';
import { modelFor } from '../model.ts';
import { decodePhoto, shrinkPhoto } from '../photo.ts';
import { enlargePainting } from './enlarge-painting.ts';
import { paintTiles } from './paint-tiles.ts';
import { planFor } from './plan.ts';

export const PAINTED_FILE = 'painted.png';
const SMALL_FILE = 'painted_small.png';

/**
 * Longest side at which a photo is painted: the strokes are a few pixels wide at any size, and would not be seen in
 * larger ones. Those get what was painted in a small copy, enlarged.
 */
const CANVAS_SIDE = 768;

/**
 * A photo, repainted at its own size in the look that `style` names, as far as `strength` says. Writes `painted.png`, and
 * `painted_small.png` where it is painted smaller. Nothing in it is left to chance.
 */
export async function paintPhoto(context: StageContext, source: PictureSource): Promise<WrittenFile[]> {
  const photo = await decodePhoto(source(context));
  const small = await shrinkPhoto(photo, fitWithin(photo, CANVAS_SIDE));
  const plan = planFor(modelFor(context, 'style'), small, photo);
  const painting = await paintTiles(context, plan, small);
  if (small === photo) return [await write(context, PAINTED_FILE, painting, photo)];
  const smallFile = await write(context, SMALL_FILE, painting, small);
  const painted = await decodePhoto(join(context.outDir, SMALL_FILE));
  const strength = Number(context.params['strength']);
  const tiles = plan.rows.length * plan.columns.length;
  const result = await enlargePainting({ photo, small, painted, strength }, (done) =>
    context.progress(1 + tiles + done, plan.steps),
  );
  return [await write(context, PAINTED_FILE, result, photo), smallFile];
}

async function write(
  { outDir }: StageContext,
  name: string,
  png: PngBands,
  { width, height }: Size,
): Promise<WrittenFile> {
  await png.write(join(outDir, name), null);
  return { name, role: null, contentType: 'image/png', width, height };
}
