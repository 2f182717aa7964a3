import { join } from 'node:path';
import { selectModel } from '#lib/models/selection';
import { writeGrey16 } from '#worker/pipelines/raster/png';
import type { StageContext, WrittenFile } from '#worker/pipelines/run';
import { writeJson } from '../outputs/json.ts';
import { readPhoto } from '../photo.ts';
import { estimateNearness } from './estimate.ts';

export const DEPTH_FILE = 'depth.png';
export const DEPTH_RECORD_FILE = 'depth.json';

/** What the measuring leaves for the manifest. */
export interface DepthRecord {
  depthModel: string;
  matteModel: string;
}

/** Stage 1: how near every pixel is. Writes `depth.png`, 16-bit grey at the photo's size, near = bright. */
export async function measureDepth(context: StageContext): Promise<WrittenFile[]> {
  const { sessions, outDir } = context;
  const photo = await readPhoto(context);
  const models: DepthRecord = {
    depthModel: selectModel(sessions.weightsDir, 'depth', context.model).id,
    matteModel: selectModel(sessions.weightsDir, 'matte', 'auto').id,
  };
  const nearness = await estimateNearness(photo, { sessions, ...models, onStep: context.progress });
  // The networks hold a few hundred MB between them, and the next stages need the room.
  await sessions.release();
  const samples = new Uint16Array(nearness.data.length);
  for (let i = 0; i < samples.length; i++) samples[i] = Math.round(nearness.data[i]! * 65535);
  await writeGrey16(join(outDir, DEPTH_FILE), samples, photo);
  await writeJson(join(outDir, DEPTH_RECORD_FILE), models);
  context.progress(5, 5);
  const { width, height } = photo;
  return [
    { name: DEPTH_FILE, role: 'depth', contentType: 'image/png', width, height },
    { name: DEPTH_RECORD_FILE, role: null, contentType: 'application/json', width: null, height: null },
  ];
}
