import { join } from 'node:path';
import { readGrey16, writePng } from '#worker/pipelines/raster/png';
import type { Picture, Plane } from '#worker/pipelines/raster/size';
import type { StageContext, WrittenFile } from '#worker/pipelines/run';
import { decodePhoto } from '../photo.ts';
import { matteAtFullSize } from './full-size.ts';
import { MATTE_FILE } from './matte.ts';
import { ownOpacity } from './own-opacity.ts';
import { type RefinedMatte, refineMatte } from './refine-matte.ts';

export const MASK_FILE = 'mask.png';

/**
 * The matte at the photo's size, with edges as the photo has them. What the photo itself leaves transparent stays so.
 * Writes `mask.png`, 8-bit grey, subject = white.
 */
export async function followEdges(context: StageContext): Promise<WrittenFile[]> {
  const { path } = context.inputs['image']!;
  const photo = await decodePhoto(path);
  const refined = await refineMatte(await readMatteFile(context), photo, context.progress);
  context.preview(onWhite(refined));
  const mask = matteAtFullSize(refined, photo);
  const opacity = await ownOpacity(path);
  if (opacity) for (let i = 0; i < mask.length; i++) mask[i] = Math.min(mask[i]!, opacity[i]!);
  await writePng(join(context.outDir, MASK_FILE), mask, photo, 1, context.stamp);
  context.progress(1, 1);
  const { width, height } = photo;
  return [{ name: MASK_FILE, role: 'mask', contentType: 'image/png', width, height }];
}

async function readMatteFile(context: StageContext): Promise<Plane> {
  const { width, height, data } = await readGrey16(context.fileOf('matte', MATTE_FILE));
  return { width, height, data: Float32Array.from(data, (sample) => sample / 65535) };
}

function onWhite({ photo, alpha }: RefinedMatte): Picture {
  const rgb = photo.rgb.map((value, at) => 255 - (255 - value) * alpha.data[Math.floor(at / 3)]!);
  return { ...photo, rgb };
}
