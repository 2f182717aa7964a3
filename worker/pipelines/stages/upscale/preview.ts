import { fitWithin, type Picture } from '#worker/pipelines/raster/size';
import { shrinkPhoto } from '../photo.ts';
import type { Span } from '../tiles/grid.ts';
import type { Plan } from './plan.ts';

/** Long side, pixels. */
const LONG_SIDE = 480;
/** How much of its light the part that is not done yet keeps. */
const DIMMED = 0.35;

/**
 * A small copy of the photo in which what is done is lit: returns a function that gives it once a tile is done, by its
 * place among the rows and the columns; the rows before that one count as done.
 */
export async function previewOf(
  photo: Picture,
  { columns, rows }: Plan,
): Promise<(row: number, column: number) => Picture> {
  const lit = await shrinkPhoto(photo, fitWithin(photo, LONG_SIDE));
  const shown = { ...lit, rgb: lit.rgb.map((value) => value * DIMMED) };
  const down = (span: Span) => Math.min(lit.height, Math.round((span.end * lit.height) / photo.height));
  const across = (span: Span) => Math.min(lit.width, Math.round((span.end * lit.width) / photo.width));
  return (row, column) => {
    const top = row === 0 ? 0 : down(rows[row - 1]!);
    copyRows(lit, shown, { from: 0, to: top, until: lit.width });
    copyRows(lit, shown, { from: top, to: down(rows[row]!), until: across(columns[column]!) });
    return shown;
  };
}

/** Rows `from` (included) to `to`, as far as column `until`. */
function copyRows(
  source: Picture,
  target: Picture,
  { from, to, until }: Record<'from' | 'to' | 'until', number>,
) {
  for (let y = from; y < to; y++) {
    const start = y * source.width * 3;
    target.rgb.set(source.rgb.subarray(start, start + until * 3), start);
  }
}
