import { join } from 'node:path';
import { fitWithin, type Picture } from '#worker/pipelines/raster/size';
import type { StageContext, WrittenFile } from '#worker/pipelines/run';
import { decodePhoto, shrinkPhoto } from '../photo.ts';
import { enlargePainting } from './enlarge-painting.ts';
import { paintTiles } from './paint-tiles.ts';
import { planFor } from './plan.ts';
import { PAINTED_FILE, SMALL_FILE, writePainting } from './write-painting.ts';

/**
 * Longest side at which a photo is painted: the strokes are a few pixels wide at any size, and would not be seen in
 * larger ones. Those get what was painted in a small copy, enlarged.
 */
const CANVAS_SIDE = 768;

/** A photo in the look that `style` names, as far as `strength` says. Nothing in it is left to chance. */
export async function paintInStyle(
  context: StageContext,
  modelId: string,
  photo: Picture,
): Promise<WrittenFile[]> {
  const small = await shrinkPhoto(photo, fitWithin(photo, CANVAS_SIDE));
  const plan = planFor(modelId, small, photo);
  const painting = await paintTiles(context, plan, small);
  if (small === photo) return [await writePainting(context, PAINTED_FILE, painting, photo)];
  const smallFile = await writePainting(context, SMALL_FILE, painting, small);
  const painted = await decodePhoto(join(context.outDir, SMALL_FILE));
  const strength = Number(context.params['strength']);
  const tiles = plan.rows.length * plan.columns.length;
  const result = await enlargePainting({ photo, small, painted, strength }, (done) =>
    context.progress(1 + tiles + done, plan.steps),
  );
  return [await writePainting(context, PAINTED_FILE, result, photo), smallFile];
}
