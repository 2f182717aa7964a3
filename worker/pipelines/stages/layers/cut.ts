import { join } from 'node:path';
import { readJson, writeJson } from '#worker/pipelines/stages/outputs/json';
import { readGrey16, readGrey8, writePng } from '#worker/pipelines/raster/png';
import type { PictureSource, StageContext, WrittenFile } from '#worker/pipelines/run';
import { DEPTH_FILE } from '../depth/depth.ts';
import { decodePhoto } from '../photo.ts';
import { cutBands } from './bands.ts';
import { reclaimFragments } from './fragments.ts';

export const BANDS_FILE = 'bands.png';
export const CUT_FILE = 'cut.json';
const STEPS = 5;

/** What the cut leaves for the manifest. */
export interface CutRecord {
  /** See Bands. */
  boundaries: number[];
}

/** Which of `layers` every pixel belongs to. Writes `bands.png` (its value is the layer, 1 = farthest). */
export async function cutLayers(
  context: StageContext,
  source: PictureSource,
  layers: number,
): Promise<WrittenFile[]> {
  const depth = await readGrey16(context.fileOf('depth', DEPTH_FILE));
  let step = 0;
  const onStep = () => context.progress(++step, STEPS);
  const { of, boundaries } = cutBands(depth.data, depth, layers, onStep);
  await reclaimFragments(of, await decodePhoto(source(context)), boundaries.length - 1);
  context.progress(STEPS - 1, STEPS);
  await writePng(join(context.outDir, BANDS_FILE), of, depth, 1);
  await writeJson(join(context.outDir, CUT_FILE), { boundaries } satisfies CutRecord);
  context.progress(STEPS, STEPS);
  const { width, height } = depth;
  return [
    { name: BANDS_FILE, role: null, contentType: 'image/png', width, height },
    { name: CUT_FILE, role: null, contentType: 'application/json', width: null, height: null },
  ];
}

/** What the cut wrote. */
export interface Cut extends CutRecord {
  /** Layer of each pixel, 1 = farthest. */
  bands: Uint8Array;
}

export async function readCut({ fileOf }: StageContext): Promise<Cut> {
  const { boundaries } = await readJson<CutRecord>(fileOf('cut', CUT_FILE));
  const { data: bands } = await readGrey8(fileOf('cut', BANDS_FILE));
  return { boundaries, bands };
}
