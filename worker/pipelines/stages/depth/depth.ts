import { join } from 'node:path';
import { writeGrey16 } from '#worker/pipelines/raster/png';
import type { PictureSource, StageContext, WrittenFile } from '#worker/pipelines/run';
import { modelFor } from '../model.ts';
import { decodePhoto } from '../photo.ts';
import { estimateNearness } from './estimate.ts';

export const DEPTH_FILE = 'depth.png';

/** How near every pixel is. Writes `depth.png`, 16-bit grey at the photo's size, near = bright. */
export async function measureDepth(context: StageContext, source: PictureSource): Promise<WrittenFile[]> {
  const { sessions, outDir } = context;
  const photo = await decodePhoto(source(context));
  const nearness = await estimateNearness(photo, {
    sessions,
    depthModel: modelFor(context, 'depth'),
    matteModel: modelFor(context, 'matte'),
    onStep: context.progress,
  });
  // The networks hold a few hundred MB between them, and the next stages need the room.
  await sessions.release();
  const samples = new Uint16Array(nearness.data.length);
  for (let i = 0; i < samples.length; i++) samples[i] = Math.round(nearness.data[i]! * 65535);
  await writeGrey16(join(outDir, DEPTH_FILE), samples, photo, context.stamp);
  context.progress(5, 5);
  const { width, height } = photo;
  return [{ name: DEPTH_FILE, role: 'depth', contentType: 'image/png', width, height }];
}
