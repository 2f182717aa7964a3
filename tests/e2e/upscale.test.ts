import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findCheckpoint } from '#lib/jobs/checkpoints';
import { bicubic } from '../bicubic.ts';
import { drawnPhoto, hasSharedPhotos, sharedPhotos } from '../photos.ts';
import { pixelsOf, psnr } from '../pixels.ts';
import { waitFor } from '../wait-for.ts';
import type { Api, Photo } from './api.ts';
import { runningStudio } from './running.ts';
import type { Studio } from './studio.ts';

let studio: Studio;
let api: Api;

beforeAll(async () => {
  ({ studio, api } = await runningStudio());
});
afterAll(() => studio.dispose());

const UPSCALE = { pipeline: 'upscale', model: 'esrgan-medium' };

async function enlarged(photo: Photo, fields: Record<string, string>) {
  const { id } = await api.generate(photo, { ...UPSCALE, ...fields });
  const job = await api.untilStatus(id, 'completed');
  expect(job.outputs.filter(({ role }) => role === 'result').map(({ name }) => name)).toEqual([
    'upscaled.png',
  ]);
  return api.output(id, 'upscaled.png');
}

test.skipIf(!hasSharedPhotos)('a shrunk photo comes back nearer to what it was than by bicubic', async () => {
  const photos = await sharedPhotos();
  const { bytes } = photos.find(({ name }) => name === 'skimage_chelsea.png')!;
  const original = await sharp(bytes)
    .extract({ left: 80, top: 40, width: 240, height: 200 })
    .png()
    .toBuffer();
  const small = await sharp(original).resize(120, 100).png().toBuffer();
  const result = await pixelsOf(await enlarged({ name: 'small.png', type: 'image/png', bytes: small }, {}));
  expect(result).toMatchObject({ width: 240, height: 200, channels: 3 });
  const wanted = (await pixelsOf(original)).data;
  expect(psnr(result.data, wanted)).toBeGreaterThan(psnr(bicubic(await pixelsOf(small), 2).data, wanted));
});

test('four times as large, and as transparent as it was', async () => {
  const { bytes } = await drawnPhoto(96, 64);
  const half = { width: 48, height: 64, channels: 4, background: '#0000' } as const;
  const mask = await sharp({ create: half }).extend({ right: 48, background: '#fff' }).png().toBuffer();
  const faded = await sharp(bytes)
    .ensureAlpha()
    .composite([{ input: mask, blend: 'dest-in' }])
    .png()
    .toBuffer();
  const result = await pixelsOf(
    await enlarged({ name: 'half.png', type: 'image/png', bytes: faded }, { factor: '4' }),
  );
  expect(result).toMatchObject({ width: 384, height: 256, channels: 4 });
  const alphaAt = (x: number) => result.data[(128 * 384 + x) * 4 + 3];
  expect([alphaAt(0), alphaAt(180), alphaAt(204), alphaAt(383)]).toEqual([0, 0, 255, 255]);
});

test('a worker killed in the middle: the job goes on at the row of tiles it was in, to the same file', async () => {
  const photo = await drawnPhoto(200, 1300);
  const fields = { embed_metadata: 'false' };
  const { id } = await api.generate(photo, { ...UPSCALE, ...fields });
  const saved = await waitFor('two rows of tiles to be saved', async () => {
    const { done = 0 } = ((await findCheckpoint(studio.db, id, 'enlarge'))?.state ?? {}) as { done?: number };
    return done >= 2 ? done : null;
  });
  await studio.kill('worker');
  const left = await api.job(id);
  expect(left.status).toBe('processing');
  await studio.startWorker();
  const steps: number[] = [];
  await waitFor('the job to complete', async () => {
    const { status, progress } = await api.job(id);
    if (progress.step !== null && progress.step !== left.progress.step) steps.push(progress.step);
    return status === 'completed';
  });
  // One tile to a row.
  expect(Math.min(...steps)).toBeGreaterThanOrEqual(saved);
  const result = await api.output(id, 'upscaled.png');
  expect(result.equals(await enlarged(photo, fields))).toBe(true);
});

test('a factor that is none is refused, with those that are', async () => {
  const answer = await api.submit(await drawnPhoto(64, 64), { ...UPSCALE, factor: '3' });
  expect(answer.status).toBe(422);
  const { errors } = (await answer.json()) as { errors: unknown[] };
  expect(errors).toEqual([
    expect.objectContaining({
      pointer: '/factor',
      message: 'factor is one of 2, 4.',
      allowed: { enum: [2, 4] },
    }),
  ]);
});
