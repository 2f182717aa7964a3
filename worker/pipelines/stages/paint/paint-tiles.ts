import type { Session } from '#worker/engines/onnx/sessions';
import type { PngBands } from '#worker/pipelines/raster/png-bands';
import type { Picture } from '#worker/pipelines/raster/size';
import type { StageContext } from '#worker/pipelines/run';
import { shareOf, type Span } from '../tiles/grid.ts';
import { cutTile } from '../tiles/tile.ts';
import { save, takeUp, type Work } from '../tiles/work.ts';
import { type Cast, castOf } from './cast.ts';
import { mirrored } from './mirrored.ts';
import { paintTile } from './paint-tile.ts';
import { MARGIN, type Plan } from './plan.ts';
import { previewOf } from './preview.ts';

/** A photo painted at its own size, a row of tiles after the other; an attempt that was cut off is gone on with. */
export async function paintTiles(context: StageContext, plan: Plan, photo: Picture): Promise<PngBands> {
  context.progress(0, plan.steps);
  const session = await context.sessions.open(plan.modelId, String(context.params['style']));
  const cast = await castOf(session, photo);
  const canvas = { session, cast, plan, surrounded: await mirrored(photo, MARGIN) };
  const work = await takeUp(context.checkpoint, plan, 3);
  const show = await previewOf(photo);
  while (work.done < plan.rows.length) {
    context.preview(await show(await paintRow(context, canvas, work)));
    if (work.done < plan.rows.length) await save(context.checkpoint, plan, work);
  }
  await context.sessions.release();
  return work.png;
}

interface Canvas {
  session: Session;
  cast: Cast;
  plan: Plan;
  /** The photo, within MARGIN pixels of its reflection. */
  surrounded: Picture;
}

/** The next row of tiles; gives the rows of the result that it finishes, and the first one's number. */
async function paintRow(
  context: StageContext,
  canvas: Canvas,
  work: Work,
): Promise<{ band: Picture; top: number }> {
  const { rows, columns, size, feather, steps } = canvas.plan;
  const row = rows[work.done]!;
  const down = shareOf(row, size.height, 1, feather);
  for (const [index, column] of columns.entries()) {
    context.progress(1 + work.done * columns.length + index, steps);
    const tile = await paintAt(context, canvas, { column, row });
    const across = shareOf(column, size.width, 1, feather);
    work.strip.add(tile, { across, down, left: column.start - MARGIN, top: row.start - MARGIN });
  }
  const { top } = work.strip;
  const end = row.end >= size.height ? size.height : row.end - feather;
  const rgb = work.strip.takeUntil(end);
  await work.png.add(rgb);
  work.done += 1;
  return { band: { width: size.width, height: end - top, rgb }, top };
}

function paintAt(
  { params }: StageContext,
  { session, cast, surrounded }: Canvas,
  { column, row }: Record<'column' | 'row', Span>,
) {
  const [width, height] = [column, row].map(({ start, end }) => end - start + 2 * MARGIN) as [number, number];
  const tile = cutTile(surrounded, column.start, row.start, { width, height });
  const strength = Number(params['strength']);
  return paintTile(session, tile, { cast, strength, left: column.start - MARGIN, top: row.start - MARGIN });
}
