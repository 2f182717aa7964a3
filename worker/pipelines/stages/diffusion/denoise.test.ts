import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, expect, test, vi } from 'vitest';
import { AppError } from '#lib/core/errors';
import type { Saved } from '#tests/stage-attempt';
import { temporaryFolder } from '#tests/temporary-folder';
import { DiffusionJob } from '#tests/tiny-wan/diffusion-job';
import { weightsOf } from '#tests/tiny-wan/exported-wan';
import type { Picture } from '#worker/pipelines/raster/size';

const T2V = 'wan2.1-t2v-1.3b';
const I2V = 'wan2.2-i2v-a14b';
const TI2V = 'wan2.2-ti2v-5b';
const weightsDir = weightsOf({ [T2V]: 'wan-2.1-t2v', [I2V]: 'wan-2.2-i2v-a14b', [TI2V]: 'wan-2.2-ti2v-5b' });
afterAll(() => rm(weightsDir, { recursive: true }));

/** Of 9 frames: three of latents. */
const REQUEST = { prompt: 'a red circle', width: 32, height: 32, frames: 9, seed: 7 };
/** One step from nothing but noise takes all of what the network says off the latents. */
const ONE_STEP = { ...REQUEST, scheduler: 'flow-euler', steps: 1, guidance: 1 };
/** What every tiny network says on top of its latents at the first step: the timestep, and ten for the text. */
const SAID = 1000 + 10;

async function plainPicture(background: string): Promise<string> {
  const path = join(temporaryFolder(), 'plain.png');
  await sharp({ create: { width: 48, height: 32, channels: 3, background } }).toFile(path);
  return path;
}

/** Values of one channel, latent frame by latent frame, none of which differs within a frame. */
function framesOf(latents: Float32Array, channel: number, area: number): number[] {
  return [0, 1, 2].map((frame) => {
    const values = latents.subarray((channel * 3 + frame) * area, (channel * 3 + frame + 1) * area);
    expect(Math.max(...values) - Math.min(...values)).toBeLessThan(0.01);
    return values[0]!;
  });
}

/** Cuts an attempt off before it takes that step. */
function cutAt(cut: number): (step: number) => void {
  return (step) => {
    if (step === cut) throw new Error('cut off');
  };
}

test.each([
  ['unipc', 12],
  ['flow-euler', 7],
])(
  'by %s, a run of %i steps that is cut off at any of them ends with the very same latents',
  async (scheduler, steps) => {
    const job = new DiffusionJob(weightsDir, T2V, { ...REQUEST, scheduler, steps, guidance: 3 });
    await job.attempt('text');
    await job.attempt('denoise');
    const whole = await job.bytes('denoise', 'latents.f32');
    for (let cut = 1; cut < steps; cut++) {
      const saved: Saved = { latest: null };
      await expect(job.attempt('denoise', { saved, onStep: cutAt(cut) })).rejects.toThrow('cut off');
      const taken: number[] = [];
      await job.attempt('denoise', { saved, onStep: (step) => void taken.push(step) });
      // Saved after every fifth.
      expect(taken[0]).toBe(5 * Math.floor(cut / 5));
      expect((await job.bytes('denoise', 'latents.f32')).equals(whole)).toBe(true);
    }
  },
);

test('slow steps are saved one by one', async () => {
  const job = new DiffusionJob(weightsDir, T2V, { ...REQUEST, scheduler: 'unipc', steps: 4, guidance: 1 });
  await job.attempt('text');
  await job.attempt('denoise');
  const whole = await job.bytes('denoise', 'latents.f32');
  let now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => (now += 10_000));
  const saved: Saved = { latest: null };
  await expect(job.attempt('denoise', { saved, onStep: cutAt(3) })).rejects.toThrow('cut off');
  expect(saved.latest?.state).toMatchObject({ done: 3 });
  await job.attempt('denoise', { saved });
  expect((await job.bytes('denoise', 'latents.f32')).equals(whole)).toBe(true);
});

test('a checkpoint of another model is passed over', async () => {
  const job = new DiffusionJob(weightsDir, T2V, { ...ONE_STEP, steps: 2 });
  await job.attempt('text');
  const saved: Saved = { latest: { state: { modelId: 'other', done: 1 }, path: () => 'nowhere' } };
  const steps: number[] = [];
  await job.attempt('denoise', { saved, onStep: (step) => void steps.push(step) });
  expect(steps).toEqual([0, 1, 2]);
});

test('cancelled between the two runs of a step, it stops there', async () => {
  const job = new DiffusionJob(weightsDir, T2V, { ...ONE_STEP, steps: 4, guidance: 2 });
  await job.attempt('text');
  let runs = 0;
  const onStep = () => {
    // Twice at each step: at the fourth time, half of the second one is done.
    if (++runs === 4) throw new AppError('cancelled', 'Cancelled.');
  };
  await expect(job.attempt('denoise', { onStep })).rejects.toMatchObject({ code: 'cancelled' });
  expect(runs).toBe(4);
});

test('other seeds begin with other noise', async () => {
  const latents = await Promise.all(
    [1, 1, 2].map(async (seed) => {
      const job = new DiffusionJob(weightsDir, T2V, { ...ONE_STEP, steps: 2, seed });
      await job.attempt('text');
      await job.attempt('denoise');
      return job.bytes('denoise', 'latents.f32');
    }),
  );
  expect(latents[0]!.equals(latents[1]!)).toBe(true);
  expect(latents[0]!.equals(latents[2]!)).toBe(false);
});

test('guidance moves what is said with the prompt on from what is said without', async () => {
  // 511 commas and the end fill the text: its last number is 1 + 1 * 4095, and the network says 20 times that.
  const full = ','.repeat(511);
  for (const [prompt, negative, factor] of [
    [full, '', 4],
    ['a', full, -3],
  ] as const) {
    const params = { ...ONE_STEP, prompt, negative_prompt: negative, guidance: 4 };
    const job = new DiffusionJob(weightsDir, T2V, params);
    await job.attempt('text');
    await job.attempt('denoise');
    const latents = await job.floats('denoise', 'latents.f32');
    const expected = -(SAID + factor * 20 * 4096);
    for (const value of [Math.min(...latents), Math.max(...latents)])
      expect(value / expected).toBeCloseTo(1, 5);
  }
});

test('every step shows what the network has in mind', async () => {
  const job = new DiffusionJob(weightsDir, T2V, { ...ONE_STEP, steps: 3 });
  const previews: Picture[] = [];
  job.preview = (picture) => void previews.push(picture);
  await job.attempt('text');
  await job.attempt('denoise');
  expect(previews).toHaveLength(3);
  expect(previews[0]).toMatchObject({ width: 4, height: 4 });
});

// DIFFUSION.md A1.
const [MEAN_2, STD_2] = [-0.9113, 2.3275];
const normalised = (value: number) => (value - MEAN_2) / STD_2;

test.each([
  // White frames are 1, black ones -1: of channel 2 the encoder makes three times the mean of a group, and of the frame before it.
  ['first', undefined, [3, 3, 0], [1000, 0, 0]],
  ['first and the last', 'black', [3, 3, -3 / 4], [1000, 0, 400]],
])('a network with channels for it is shown the %s frame', async (_, end, encoded, mask) => {
  const images = {
    image: await plainPicture('white'),
    ...(end && { end_image: await plainPicture(end) }),
  };
  const job = new DiffusionJob(weightsDir, I2V, ONE_STEP, images);
  await job.attempt('text');
  await job.attempt('condition');
  await job.attempt('denoise');
  const frames = framesOf(await job.floats('denoise', 'latents.f32'), 2, 16);
  for (const [at, value] of frames.entries()) {
    expect(value).toBeCloseTo(-(SAID + 1000 * normalised(encoded[at]!) + mask[at]!), 0);
  }
});

test('a network with a timestep for each token is shown the first frame without noise, and the result has it', async () => {
  const params = { ...ONE_STEP, width: 64, height: 64 };
  const job = new DiffusionJob(weightsDir, TI2V, params, { image: await plainPicture('white') });
  await job.attempt('text');
  await job.attempt('condition');
  await job.attempt('denoise');
  // Means of 0 and deviations of 1: what the encoder gives for channel 2.
  const frames = framesOf(await job.floats('denoise', 'latents.f32'), 2, 16);
  expect(frames[0]).toBe(3);
  expect(frames.slice(1).map((value) => Math.round(value))).toEqual([-SAID, -SAID]);
});

test('without a picture, the same network makes all of it up', async () => {
  const job = new DiffusionJob(weightsDir, TI2V, { ...ONE_STEP, width: 64, height: 64 });
  await job.attempt('text');
  const folder = await job.attempt('denoise');
  expect(existsSync(join(folder, 'latents.f32'))).toBe(true);
  const frames = framesOf(await job.floats('denoise', 'latents.f32'), 2, 16);
  expect(frames.map((value) => Math.round(value))).toEqual([-SAID, -SAID, -SAID]);
});
