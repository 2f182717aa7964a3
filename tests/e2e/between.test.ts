import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JobResource } from '#lib/jobs/resource';
import { drawnPhoto } from '../photos.ts';
import { pixelsOf, psnr } from '../pixels.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { decodeVideo, videoFacts } from '../video.ts';
import type { Api } from './api.ts';
import { runningStudio } from './running.ts';
import type { Studio } from './studio.ts';

let studio: Studio;
let api: Api;

beforeAll(async () => {
  ({ studio, api } = await runningStudio());
});
afterAll(() => studio.dispose());

/** A cut of the drawn photo, `left` pixels from its edge. */
async function cut(left: number, width = 240, height = 160): Promise<Buffer> {
  const { bytes } = await drawnPhoto();
  return sharp(bytes).extract({ left, top: 180, width, height }).png().toBuffer();
}

/** Ask for a video of two seconds from one picture to another. */
function submit(image: Buffer, endImage: Buffer): Promise<Response> {
  const form = new FormData();
  const fields = { pipeline: 'i2v', resolution: '480p', duration_seconds: '2', fps: '12' };
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('image', new Blob([image as BlobPart], { type: 'image/png' }), 'start.png');
  form.append('end_image', new Blob([endImage as BlobPart], { type: 'image/png' }), 'end.png');
  return api.fetch('/api/v1/generate', { method: 'POST', body: form });
}

test('two pictures become a video from one to the other', async () => {
  const [start, end] = [await cut(180), await cut(204)];
  const answer = await submit(start, end);
  expect(answer.status).toBe(202);
  const accepted = (await answer.json()) as JobResource;
  expect(accepted).toMatchObject({ model: 'rife', warnings: [] });
  const job = await api.untilStatus(accepted.id, 'completed');
  expect(job.warnings).toEqual([]);
  expect(Object.keys(job.metrics!.stage_ms)).toEqual(['frame', 'between']);
  const path = join(temporaryFolder(), 'video.mp4');
  await writeFile(path, await api.output(job.id, 'video.mp4'));
  expect(await videoFacts(path)).toMatchObject({
    width: 480,
    height: 320,
    frameCount: 24,
    durationSeconds: 2,
  });

  const frames = await decodeVideo(path);
  const [first, last] = await Promise.all(
    [start, end].map(async (picture) => (await pixelsOf(await sharp(picture).resize(480).toBuffer())).data),
  );
  expect(psnr(frames[0]!.rgb, first!)).toBeGreaterThanOrEqual(35);
  expect(psnr(frames.at(-1)!.rgb, last!)).toBeGreaterThanOrEqual(35);
  const halfWay = await pixelsOf(
    await sharp(await cut(192))
      .resize(480)
      .toBuffer(),
  );
  const [before, after] = [frames[11]!, frames[12]!].map(({ rgb }) => psnr(rgb, halfWay.data));
  expect(Math.max(before!, after!)).toBeGreaterThan(psnr(first!, halfWay.data) + 3);
});

test('pictures of different shapes are refused, both ratios named', async () => {
  const answer = await submit(await cut(180), await cut(180, 240, 150));
  expect(answer.status).toBe(422);
  const { errors } = (await answer.json()) as { errors: { pointer: string; message: string }[] };
  expect(errors).toEqual([expect.objectContaining({ pointer: '/end_image', code: 'aspect_ratio' })]);
  expect(errors[0]!.message).toContain('1.60:1');
  expect(errors[0]!.message).toContain('1.50:1');
});

test('a model that goes from one picture to another wants both', async () => {
  const photo = { name: 'start.png', type: 'image/png', bytes: await cut(180) };
  const answer = await api.submit(photo, { pipeline: 'i2v', model: 'rife' });
  expect(answer.status).toBe(422);
  expect(await answer.text()).toContain('end_image');
});
