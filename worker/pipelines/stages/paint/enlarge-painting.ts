import { PngBands } from '#worker/pipelines/raster/png-bands';
import { enlargeRow, sampling } from '#worker/pipelines/raster/resample';
import type { Picture, Plane } from '#worker/pipelines/raster/size';
import { channelOf, cutTile, rgbOf, type Tile } from '../tiles/tile.ts';
import { smoothTile } from './colours.ts';

/** Rows that are worked on at once. */
export const BAND = 256;
/** How far the smoothing sees, in its sigmas. */
const REACH = 4;

interface Painting {
  photo: Picture;
  /** A smaller copy of the photo, and that copy painted. */
  small: Picture;
  painted: Picture;
  strength: number;
}

/**
 * A painting of a small copy of a photo at the photo's own size: what the painting changed, enlarged, on the photo with
 * all smoothed out that is finer than the strokes. Its outlines stay as sharp as they are. `onBand` is told
 * how many bands are done, and may throw to stop.
 */
export async function enlargePainting(painting: Painting, onBand: (done: number) => void): Promise<PngBands> {
  const { photo, small, painted } = painting;
  const png = new PngBands(photo, 3);
  const change = changeOf(painted, small);
  for (let top = 0; top < photo.height; top += BAND) {
    onBand(top / BAND);
    const rows = Math.min(BAND, photo.height - top);
    const tile = smoothed(painting, top, rows);
    addEnlarged(tile, change, { top, height: photo.height });
    await png.add(rgbOf(tile));
  }
  return png;
}

function changeOf(painted: Picture, { width, height, rgb }: Picture): Tile {
  const [before, after] = [rgb, painted.rgb].map((pixels) =>
    cutTile({ width, height, rgb: pixels }, 0, 0, { width, height }),
  );
  return { width, height, data: after!.data.map((value, i) => value - before!.data[i]!) };
}

/** Rows of the photo without what is finer than a pixel of its small copy, as far as `strength` says. */
function smoothed({ photo, small, strength }: Painting, top: number, rows: number): Tile {
  const sigma = photo.width / small.width;
  const margin = Math.ceil(REACH * sigma);
  const { width } = photo;
  const seen = cutTile(photo, 0, top - margin, { width, height: rows + 2 * margin });
  const smooth = smoothTile(seen, seen, sigma);
  const result = { width, height: rows, data: new Float32Array(width * rows * 3) };
  for (let channel = 0; channel < 3; channel++) {
    const [from, to] = [channelOf(seen, channel).data, channelOf(smooth, channel).data];
    const { data } = channelOf(result, channel);
    for (let i = 0, at = margin * width; i < data.length; i++, at++)
      data[i] = from[at]! + strength * (to[at]! - from[at]!);
  }
  return result;
}

/** Add what was changed to rows of the photo, in place. */
function addEnlarged(tile: Tile, change: Tile, { top, height }: { top: number; height: number }): void {
  const columns = sampling(change.width, tile.width);
  const rows = sampling(change.height, height);
  const row = new Float32Array(tile.width);
  for (let channel = 0; channel < 3; channel++) {
    const plane: Plane = channelOf(change, channel);
    const { data } = channelOf(tile, channel);
    for (let y = 0, i = 0; y < tile.height; y++) {
      enlargeRow(plane, { columns, rows, y: top + y }, row);
      for (const value of row) data[i++]! += value;
    }
  }
}
