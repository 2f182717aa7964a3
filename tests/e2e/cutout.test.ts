import { afterAll, beforeAll, expect, test } from 'vitest';
import { readSettings } from '#lib/config/settings';
import { findModel } from '#lib/models/catalogue';
import { isPresent } from '#lib/models/weights';
import { handMask } from '../cutouts/hand-masks.ts';
import { overlap } from '../cutouts/measures.ts';
import { drawnPhoto, hasSharedPhotos, sharedPhotos } from '../photos.ts';
import { pixelsOf } from '../pixels.ts';
import type { Api, Photo } from './api.ts';
import { runningStudio } from './running.ts';
import type { Studio } from './studio.ts';

const ASTRONAUT = 'skimage_astronaut.png';
const hasModNet = isPresent(readSettings(process.env).weightsDir, findModel('modnet')!);

let studio: Studio;
let api: Api;

beforeAll(async () => {
  ({ studio, api } = await runningStudio());
});
afterAll(() => studio.dispose());

/** The job, done, with the opacities of its cutout and its mask. */
async function cutOut(photo: Photo, fields: Record<string, string> = {}) {
  const accepted = await api.generate(photo, { pipeline: 'cutout', ...fields });
  const job = await api.untilStatus(accepted.id, 'completed');
  const [cutout, mask] = await Promise.all(
    ['cutout.png', 'mask.png'].map(async (name) => api.output(job.id, name)),
  );
  return { job, cutout: cutout!, mask: mask! };
}

/** Of a PNG's header: width, height, bits of a channel, and colour type (0 = grey, 6 = RGBA). */
function headerOf(png: Buffer): number[] {
  return [png.readUInt32BE(16), png.readUInt32BE(20), png[24]!, png[25]!];
}

test('a photo submitted over HTTP becomes a cutout and its mask', async () => {
  const photo = await drawnPhoto();
  const { job, cutout, mask } = await cutOut(photo);
  const files = job.outputs.map(({ name, role, content_type: type }) => [name, role, type]);
  expect(files).toContainEqual(['cutout.png', 'result', 'image/png']);
  expect(files).toContainEqual(['mask.png', 'mask', 'image/png']);
  expect(headerOf(cutout)).toEqual([640, 480, 8, 6]);
  expect(headerOf(mask)).toEqual([640, 480, 8, 0]);
  const [shown, original] = [await pixelsOf(cutout), await pixelsOf(photo.bytes)];
  const at = (x: number, y: number, c: number) => shown.data[(y * 640 + x) * 4 + c];
  // The middle of the ball, and two corners.
  expect(at(320, 320, 3)).toBe(255);
  expect(at(320, 320, 0)).toBe(original.data[(320 * 640 + 320) * 3]);
  expect([at(5, 5, 3), at(630, 470, 3)]).toEqual([0, 0]);
});

test.skipIf(!hasSharedPhotos || !hasModNet)('the network for people can be asked for by name', async () => {
  const photo = (await sharedPhotos()).find(({ name }) => name === ASTRONAUT)!;
  const { job, mask } = await cutOut(photo, { model: 'modnet' });
  expect(job.model).toBe('modnet');
  const { data, width, height, channels } = await pixelsOf(mask);
  const grey = { width, height, data: data.filter((_, at) => at % channels === 0) };
  expect(overlap(grey, await handMask(ASTRONAUT, width, height))).toBeGreaterThan(0.965);
});

test('a network that there is none of, or that does something else, is refused with those there are', async () => {
  const photo = await drawnPhoto(200, 150);
  for (const model of ['nobody', 'migan']) {
    const answer = await api.submit(photo, { pipeline: 'cutout', model });
    expect(answer.status).toBe(422);
    expect(await answer.text()).toMatch(/u2netp.*modnet/s);
  }
});
