import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
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

const VIDEO = { resolution: '480p', duration_seconds: '2', fps: '12' };

/** The job's video, as a file. */
async function videoOf(id: string): Promise<string> {
  const path = join(temporaryFolder(), 'video.mp4');
  await writeFile(path, await api.output(id, 'video.mp4'));
  return path;
}

test('a photo becomes a camera move that begins with it', async () => {
  const photo = await drawnPhoto(600, 400);
  const accepted = await api.generate(photo, { pipeline: 'i2v', move: 'push-in', ...VIDEO });
  expect(accepted).toMatchObject({ model: 'camera-move', status: 'pending', warnings: [] });
  const job = await api.untilStatus(accepted.id, 'completed');
  expect(job.outputs.map(({ role }) => role)).toEqual(
    expect.arrayContaining(['result', 'poster', 'contact-sheet']),
  );
  const path = await videoOf(job.id);
  const size = { width: 720, height: 480 };
  expect(await videoFacts(path)).toMatchObject({ ...size, frameCount: 24, durationSeconds: 2 });
  const { default: sharp } = await import('sharp');
  const { data } = await pixelsOf(
    await sharp(photo.bytes).resize(720, 480, { fit: 'fill' }).png().toBuffer(),
  );
  const [first, ...others] = await decodeVideo(path);
  expect(psnr(first!.rgb, data)).toBeGreaterThanOrEqual(35);
  expect(psnr(others.at(-1)!.rgb, data)).toBeLessThan(30);
});

test('words say how the camera moves, and the job lists those that say nothing to it', async () => {
  const photo = await drawnPhoto(240, 160);
  const prompt = 'Slow pan right, handheld, loop, with a dragon';
  const accepted = await api.generate(photo, { pipeline: 'ti2v', prompt, ...VIDEO });
  const warnings = ['These words were not understood and changed nothing: “dragon”.'];
  expect(accepted).toMatchObject({ model: 'camera-move', warnings });
  const job = await api.untilStatus(accepted.id, 'completed');
  expect(job.warnings).toEqual(warnings);
  const frames = await decodeVideo(await videoOf(job.id));
  const neighbours = frames.slice(1).map(({ rgb }, i) => psnr(rgb, frames[i]!.rgb));
  expect(psnr(frames.at(-1)!.rgb, frames[0]!.rgb)).toBeGreaterThanOrEqual(Math.min(...neighbours) - 1);
  const short = await api.submit(photo, { pipeline: 'ti2v', prompt: '  a ' });
  expect(short.status).toBe(422);
});
