import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { DiffusionJob } from '#tests/tiny-wan/diffusion-job';
import { weightsOf } from '#tests/tiny-wan/exported-wan';
import { decodeVideo, videoFacts } from '#tests/video';

const T2V = 'wan2.1-t2v-1.3b';
const weightsDir = weightsOf({ [T2V]: 'wan-2.1-t2v' });
afterAll(() => rm(weightsDir, { recursive: true }));

/** A job whose latents are made, and a record of each run of a graph and each frame that is in the video. */
async function madeJob(frames: number) {
  const size = { width: 32, height: 32, frames, fps: 8, extra_format: 'none' };
  const course = { prompt: 'a red circle', seed: 1, scheduler: 'flow-euler', steps: 2, guidance: 1 };
  const job = new DiffusionJob(weightsDir, T2V, { ...size, ...course });
  await job.attempt('text');
  await job.attempt('denoise');
  const events: string[] = [];
  const { sessions } = job;
  const { open } = sessions;
  sessions.open = async (model, network) => {
    const session = await open(model, network);
    const heard = (feeds: Parameters<typeof session.run>[0], outputs: string[]) => {
      events.push(network!);
      return session.run(feeds, outputs);
    };
    return new Proxy(session, {
      get: (target, name) => (name === 'run' ? heard : Reflect.get(target, name)),
    });
  };
  job.preview = () => void events.push('frame');
  return { job, events };
}

function stopAtSecond(step: number): void {
  if (step === 2) throw new Error('cancelled');
}

test('one group of frames is decoded while the one before goes into the video, and none beyond it', async () => {
  const { job, events } = await madeJob(13);
  const steps: number[] = [];
  await job.attempt('decode', { onStep: (step) => void steps.push(step) });
  const frames = events.flatMap((event, at) => (event === 'frame' ? [at] : []));
  expect(frames).toHaveLength(13);
  for (const [frame, at] of frames.entries()) {
    const group = Math.ceil(frame / 4);
    expect([group + 1, group + 2]).toContain(at - frame);
  }
  expect(steps).toEqual([1, 2, 3, 4]);
});

test('the video has the frames that were asked for, neither more nor fewer', async () => {
  const { job } = await madeJob(9);
  const folder = await job.attempt('decode');
  const path = join(folder, 'video.mp4');
  expect(await videoFacts(path)).toMatchObject({ width: 32, height: 32, frameCount: 9, fps: 8 });
  expect(await decodeVideo(path)).toHaveLength(9);
});

test('cancelled between two groups, it ends the one under way and decodes no more', async () => {
  const { job, events } = await madeJob(81);
  const attempt = job.attempt('decode', { onStep: stopAtSecond });
  await expect(attempt).rejects.toThrow('cancelled');
  expect(events.filter((event) => event.startsWith('vae'))).toHaveLength(3);
});
