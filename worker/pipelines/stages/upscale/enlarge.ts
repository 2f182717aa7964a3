import { join } from 'node:path';
import type { PictureSource, StageContext, WrittenFile } from '#worker/pipelines/run';
import { modelFor } from '../model.ts';
import { shareOf, type Span } from '../tiles/grid.ts';
import { cutTile, type Tile } from '../tiles/tile.ts';
import { save, takeUp, type Work } from '../tiles/work.ts';
import { enlargeTile } from './enlarge-tile.ts';
import { type Factor, upscaleNetwork } from './network.ts';
import { enlargeAlphaRows, type MattedPhoto, openMattedPhoto } from './photo.ts';
import { MARGIN, type Plan, planFor } from './plan.ts';
import { previewOf } from './preview.ts';

export const RESULT_FILE = 'upscaled.png';

/** A photo, larger. Writes `upscaled.png`, 8-bit RGB, or RGBA where the photo is not opaque all over. */
export async function enlargePhoto(context: StageContext, source: PictureSource): Promise<WrittenFile[]> {
  const photo = await openMattedPhoto(source(context));
  const plan = planFor(
    modelFor(context, 'super-resolution'),
    photo.colours,
    context.params['factor'] as Factor,
  );
  const work = await takeUp(context.checkpoint, plan, photo.alpha ? 4 : 3);
  const show = await previewOf(photo.colours, plan);
  while (work.done < plan.rows.length) {
    await enlargeRow(context, { plan, photo, work, show });
    if (work.done < plan.rows.length) await save(context.checkpoint, plan, work);
  }
  await work.png.write(join(context.outDir, RESULT_FILE), context.stamp);
  return [{ name: RESULT_FILE, role: 'result', contentType: 'image/png', ...plan.size }];
}

interface Row {
  plan: Plan;
  photo: MattedPhoto;
  work: Work;
  show: Awaited<ReturnType<typeof previewOf>>;
}

/** The next row of tiles, and the band of the result that it finishes. */
async function enlargeRow(context: StageContext, { plan, photo, work, show }: Row): Promise<void> {
  const { rows, columns, factor, feather } = plan;
  const row = rows[work.done]!;
  const down = shareOf(row, plan.photo.height, factor, feather);
  for (const [index, column] of columns.entries()) {
    context.progress(work.done * columns.length + index, rows.length * columns.length);
    const tile = await enlargeAt(context, plan, photo, { column, row });
    const across = shareOf(column, plan.photo.width, factor, feather);
    const [left, top] = [column, row].map(({ start }) => (start - MARGIN) * factor) as [number, number];
    work.strip.add(tile, { across, down, left, top });
    context.preview(show(work.done, index));
  }
  const from = work.strip.top;
  const to = row.end >= plan.photo.height ? plan.size.height : (row.end - feather) * factor;
  const rgb = work.strip.takeUntil(to);
  const { alpha } = photo;
  await work.png.add(alpha ? withAlpha(rgb, enlargeAlphaRows(alpha, plan.photo, factor, { from, to })) : rgb);
  work.done += 1;
}

/** The tile at a column and a row, with its margins, enlarged. */
async function enlargeAt(
  { sessions }: StageContext,
  { modelId, factor }: Plan,
  { colours }: MattedPhoto,
  { column, row }: Record<'column' | 'row', Span>,
): Promise<Tile> {
  const [width, height] = [column, row].map(({ start, end }) => end - start + 2 * MARGIN) as [number, number];
  const tile = cutTile(colours, column.start - MARGIN, row.start - MARGIN, { width, height });
  return enlargeTile(await sessions.open(modelId), upscaleNetwork(modelId), tile, factor);
}

function withAlpha(rgb: Uint8Array, alpha: Uint8Array): Uint8Array {
  const rgba = new Uint8Array(alpha.length * 4);
  for (let i = 0; i < alpha.length; i++) {
    for (let channel = 0; channel < 3; channel++) rgba[i * 4 + channel] = rgb[i * 3 + channel]!;
    rgba[i * 4 + 3] = alpha[i]!;
  }
  return rgba;
}
