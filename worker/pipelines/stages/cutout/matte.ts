import { join } from 'node:path';
import { writeGrey16 } from '#worker/pipelines/raster/png';
import type { StageContext, WrittenFile } from '#worker/pipelines/run';
import { hasSubject, readMatte } from '../matte/matte.ts';
import { matteNetwork } from '../matte/network.ts';
import { modelFor } from '../model.ts';
import { decodePhoto } from '../photo.ts';

export const MATTE_FILE = 'matte.png';

/** Where the subject is. Writes `matte.png`, 16-bit grey at the size the network works at, subject = bright. */
export async function findSubject(context: StageContext): Promise<WrittenFile[]> {
  const { sessions, outDir } = context;
  const image = context.inputs['image']!;
  const model = modelFor(context, 'matte');
  const network = matteNetwork(model);
  const photo = await decodePhoto(image.path, network.inputFor(image));
  context.progress(0, 1);
  const matte = await readMatte(await sessions.open(model), network, photo);
  // The next stages need the room.
  await sessions.release();
  if (!hasSubject(matte)) {
    context.warn('Nothing stands out in this photo as its subject, so the cutout may be empty or wrong.');
  }
  const samples = Uint16Array.from(matte.data, (share) =>
    Math.round(65535 * Math.min(1, Math.max(0, share))),
  );
  await writeGrey16(join(outDir, MATTE_FILE), samples, matte);
  context.progress(1, 1);
  const { width, height } = matte;
  return [{ name: MATTE_FILE, role: null, contentType: 'image/png', width, height }];
}
