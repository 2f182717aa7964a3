import { UNITS_PER_PIXEL } from '#worker/pipelines/raster/distance';
import { enlargeRow, sampling } from '#worker/pipelines/raster/resample';
import type { Behind, LayerSource, Sheets } from './layer-source.ts';
import { HiddenPainter } from './paint-hidden.ts';
import { VisiblePainter } from './paint-visible.ts';

/**
 * Pixels over which a layer fades out beside what it shows, whatever the photo's size: more would carry a rim of what
 * lies behind along with it. Where an object's own edge is softer, the colours ask for more opacity by themselves.
 */
const EDGE = 2 * UNITS_PER_PIXEL;

/**
 * Paint a layer, and lay it over the composite, which holds the layers behind it.
 *
 * The composite of layers 1..k shows the photo wherever no nearer layer or its ring hides it, and the filled picture
 * where one does. So at the pixels that layer k makes visible its colour is solved from what must show and what is
 * behind, at the least opacity that allows it: the layers give the photo back, and no colour of a nearer thing
 * stays in a farther layer. Under nearer layers it goes on where `owns` says.
 */
export function paintLayer(source: LayerSource, sheets: Sheets): void {
  const visible = new VisiblePainter(source, sheets, EDGE);
  if ('fill' in source) paintBehind(source, visible, new HiddenPainter(source, sheets, EDGE));
  else for (let i = 0; i < source.toOwn.length; i++) visible.paint(i);
}

function paintBehind(source: Behind, visible: VisiblePainter, hidden: HiddenPainter): void {
  const { photo, toNearer, owns, ring } = source;
  const columns = sampling(owns.width, photo.width);
  const rows = sampling(owns.height, photo.height);
  const owned = new Float32Array(photo.width);
  for (let y = 0, i = 0; y < photo.height; y++) {
    enlargeRow(owns, { columns, rows, y }, owned);
    for (let x = 0; x < photo.width; x++, i++) {
      if (toNearer[i]! > ring) visible.paint(i);
      else hidden.paint(i, owned[x]!);
    }
  }
}
