import { truncateSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { findModel } from '#lib/models/catalogue';
import { weightPath } from '#lib/models/weights';
import { temporaryFolder } from '#tests/temporary-folder';
import { painterly } from '../painterly.ts';
import { reviewRequest } from '../submission/review.ts';
import { promptLack, promptModel } from './prompt-models.ts';

const PHOTO = { image: { width: 800, height: 600 } };
const ENOUGH = 2 ** 35;

function review(model: string, given: Record<string, unknown>) {
  return reviewRequest(painterly, { model, params: painterly.params.parse(given), images: PHOTO });
}

/** A folder with files of the right names and sizes for a model, which is what presence is judged by. */
function folderWith(id: string): string {
  const folder = temporaryFolder();
  for (const weight of findModel(id)!.weights) {
    writeFileSync(weightPath(folder, weight), '');
    truncateSync(weightPath(folder, weight), weight.sizeBytes);
  }
  return folder;
}

test('what a model with styles makes no use of is said, and left out', () => {
  const { errors, warnings, params } = review('cartoongan', { prompt: 'an old harbour', steps: 8 });
  expect(errors).toEqual([]);
  expect(warnings).toEqual(
    expect.arrayContaining([
      'CartoonGAN makes no use of prompt; yours changed nothing.',
      'CartoonGAN makes no use of steps; yours changed nothing.',
      expect.stringContaining('Stable Diffusion 1.5 paints after a prompt'),
    ]),
  );
  expect(params).toMatchObject({ style: 'skylight', strength: 0.5 });
  expect(params).not.toHaveProperty('prompt');
  expect(review('cartoongan', { style: 'dream' }).warnings).toEqual([]);
});

test('a model that reads prompts fills in what is not given, and has no style', () => {
  const { errors, warnings, params } = review('stable-diffusion-1.5', {
    prompt: 'an old harbour',
    style: 'dream',
  });
  expect(errors).toEqual([]);
  expect(warnings).toEqual(['Stable Diffusion 1.5 makes no use of style; yours changed nothing.']);
  expect(params).toMatchObject({ prompt: 'an old harbour', steps: 20, guidance: 7.5, scheduler: 'ddim' });
  expect(params).not.toHaveProperty('style');
  expect(review('stable-diffusion-1.5', {}).warnings).toEqual([
    'Stable Diffusion 1.5 paints after a prompt, and got none: it paints what it takes the photo for.',
  ]);
});

test.each([
  ['stable-diffusion-1.5', { scheduler: 'lcm' }, '/scheduler', 'one of ddim, euler, euler-ancestral'],
  ['lcm-dreamshaper-v7', { scheduler: 'euler' }, '/scheduler', 'one of lcm'],
  ['lcm-dreamshaper-v7', { steps: 51 }, '/steps', 'from 1 to 50'],
])('%s refuses %o', (model, given, pointer, words) => {
  const { errors } = review(model, { prompt: 'an old harbour', ...given });
  expect(errors).toMatchObject([{ pointer, code: 'not_possible' }]);
  expect(errors[0]!.message).toContain(words);
});

test.each([
  ['a prompt of 2 characters', { prompt: 'an' }],
  ['a prompt of 1001', { prompt: 'a'.repeat(1001) }],
  ['61 steps', { steps: 61 }],
  ['a guidance below 1', { guidance: 0.9 }],
  ['a scheduler of video', { scheduler: 'unipc' }],
])('no model takes %s', (_, given) => {
  expect(painterly.params.safeParse(given).success).toBe(false);
});

test('what a machine lacks to paint after a prompt is said with its size, until it is there', () => {
  const nothing = { weightsDir: temporaryFolder(), memoryBytes: ENOUGH };
  expect(promptModel(nothing)).toBeUndefined();
  expect(promptLack(nothing)).toBe(
    'Stable Diffusion 1.5 paints after a prompt; 2.0 GB of weights for it are not on this machine yet. ' +
      'Fetch them with: npm run -s multiplane -- models download stable-diffusion-1.5',
  );
  const all = { weightsDir: folderWith('stable-diffusion-1.5'), memoryBytes: ENOUGH };
  expect(promptModel(all)?.id).toBe('stable-diffusion-1.5');
  expect(promptLack(all)).toBeNull();
  expect(promptLack({ ...all, memoryBytes: 2 ** 32 })).toBe(
    'Stable Diffusion 1.5 paints after a prompt. Stable Diffusion 1.5 needs 7 GB of memory, and this machine has 4 GB.',
  );
});
