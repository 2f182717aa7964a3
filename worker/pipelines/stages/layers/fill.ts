import { join } from 'node:path';
import { UNITS_PER_PIXEL } from '#worker/pipelines/raster/distance';
import { readGrey8, writePng } from '#worker/pipelines/raster/png';
import { bins } from '#worker/pipelines/raster/resample';
import { fitWithin, type Size } from '#worker/pipelines/raster/size';
import type { PictureSource, StageContext, WrittenFile } from '#worker/pipelines/run';
import { modelFor } from '../model.ts';
import { decodePhoto } from '../photo.ts';
import { BANDS_FILE } from './cut.ts';
import { distanceToNearer, type Rim, ringWidth } from './hidden.ts';
import { inpaint } from './inpaint.ts';

/** Long side at which holes are filled. The network itself works at 512 pixels, so more would show little. */
const WORKING_SIDE = 1024;

/** Name of the picture in which what layers nearer than k hide is filled. */
export function fillFile(k: number): string {
  return `fill_${k}.png`;
}

/**
 * What the photo would show without the layers nearer than k, for every k but the last. Writes
 * `fill_<k>.png`: the photo at the working size, filled where anything nearer than layer k was.
 */
export async function fillHidden(
  context: StageContext,
  source: PictureSource,
  rim: Rim,
): Promise<WrittenFile[]> {
  const { sessions, outDir } = context;
  const model = modelFor(context, 'inpainting');
  const bands = await readGrey8(context.fileOf('cut', BANDS_FILE));
  const layers = bands.data.reduce((most, band) => Math.max(most, band), 1);
  const size = fitWithin(bands, WORKING_SIDE);
  const small = nearestOf(bands.data, bands, size);
  const photo = await decodePhoto(source(context), size);
  const session = await sessions.open(model);
  const ring = ringWidth(size, rim) + rim.margin * UNITS_PER_PIXEL;
  const written: WrittenFile[] = [];
  for (let k = 1; k < layers; k++) {
    context.progress(k - 1, layers - 1);
    const isHole = holesOf(distanceToNearer(small, k, size), ring);
    const filled = isHole ? await inpaint(session, photo, isHole) : photo;
    await writePng(join(outDir, fillFile(k)), filled.rgb, size, 3);
    written.push({ name: fillFile(k), role: null, contentType: 'image/png', ...size });
  }
  await sessions.release();
  context.progress(layers - 1, layers - 1);
  return written;
}

/**
 * Where there is something to invent: what is nearer, and its ring unless the ring swallows all that could be gone by.
 * Undefined where even without it nothing is left to go by.
 */
function holesOf(distance: Uint8Array, ring: number): ((index: number) => boolean) | undefined {
  const reach = [ring, 0].find((width) => distance.some((units) => units > width));
  return reach === undefined ? undefined : (i) => distance[i]! <= reach;
}

/** Shrink a band map; each smaller pixel takes the nearest band among those it stands for. */
function nearestOf(bands: Uint8Array, from: Size, to: Size): Uint8Array {
  const small = new Uint8Array(to.width * to.height);
  const columns = bins(from.width, to.width);
  const rows = bins(from.height, to.height);
  for (let y = 0; y < from.height; y++) {
    for (let x = 0; x < from.width; x++) {
      const at = rows[y]! * to.width + columns[x]!;
      small[at] = Math.max(small[at]!, bands[y * from.width + x]!);
    }
  }
  return small;
}
