import { join } from 'node:path';
import { readGrey8, writePng } from '#worker/pipelines/raster/png';
import type { StageContext, WrittenFile } from '#worker/pipelines/run';
import { decodePhoto } from '../photo.ts';
import { cutOut } from './foreground.ts';
import { MASK_FILE } from './refine.ts';

const CUTOUT_FILE = 'cutout.png';
/** Rows between two reports of progress. */
const ROWS = 256;

/** The subject itself. Writes `cutout.png`, RGBA with straight alpha, at the photo's size. */
export async function composeCutout(context: StageContext): Promise<WrittenFile[]> {
  const photo = await decodePhoto(context.inputs['image']!.path);
  const { width, height } = photo;
  const { data: mask } = await readGrey8(context.fileOf('refine', MASK_FILE));
  const onRow = (y: number) => {
    if (y % ROWS === 0) context.progress(y, height);
  };
  const cutout = cutOut(photo, mask, onRow);
  await writePng(join(context.outDir, CUTOUT_FILE), cutout, photo, 4, context.stamp);
  context.progress(height, height);
  return [{ name: CUTOUT_FILE, role: 'result', contentType: 'image/png', width, height }];
}
