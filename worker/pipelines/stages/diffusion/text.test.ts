import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { DiffusionJob } from '#tests/tiny-wan/diffusion-job';
import { weightsOf } from '#tests/tiny-wan/exported-wan';

const WAN = 'wan2.1-t2v-1.3b';
const WIDTH = 4096;
const weightsDir = weightsOf({ [WAN]: 'wan-2.1-t2v' });
afterAll(() => rm(weightsDir, { recursive: true }));

/** The ids of a text's tokens: of each row of states the second number is the id and one more, and rows of padding are zeros. */
function idsOf(states: Float32Array): number[] {
  const seconds = states.filter((_, at) => at % WIDTH === 1);
  return [...seconds.subarray(0, seconds.indexOf(0))].map((value) => value - 1);
}

test('the prompt and the negative one are cleaned, cut into tokens and encoded', async () => {
  const params = { prompt: ' A  small&amp;nbsp;red circle', negative_prompt: 'blue', guidance: 5 };
  const job = new DiffusionJob(weightsDir, WAN, params);
  await job.attempt('text');
  const prompt = await job.floats('text', 'prompt.f32');
  expect(prompt).toHaveLength(512 * WIDTH);
  // Ids of the tiny tokenizer: a 3, small 4, red 5, blue 6, circle 7, and 1 is the end.
  expect(idsOf(prompt)).toEqual([3, 4, 5, 7, 1]);
  expect(idsOf(await job.floats('text', 'negative.f32'))).toEqual([6, 1]);
  expect(prompt.subarray(5 * WIDTH).every((value) => value === 0)).toBe(true);
});

test('of a prompt that is longer than the model reads, that is said', async () => {
  const warnings: string[] = [];
  for (const prompt of [','.repeat(510), ','.repeat(600)]) {
    const job = new DiffusionJob(weightsDir, WAN, { prompt, guidance: 1 });
    job.warn = (sentence) => void warnings.push(sentence);
    await job.attempt('text');
  }
  expect(warnings).toEqual([
    'Tiny wan-2.1-t2v reads 512 tokens of a prompt: what came after them in yours changed nothing.',
  ]);
});

test('without guidance, the negative prompt is not read; without a prompt, an empty one is', async () => {
  const job = new DiffusionJob(weightsDir, WAN, { negative_prompt: 'blue', guidance: 1 });
  const folder = await job.attempt('text');
  expect(idsOf(await job.floats('text', 'prompt.f32'))).toEqual([1]);
  expect(existsSync(join(folder, 'negative.f32'))).toBe(false);
});
