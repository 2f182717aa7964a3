import { expect, test } from 'vitest';
import { AUTO, chosenModel, isChosenByPrompt, type ModelChoice } from './model-choice.ts';

const OPTION = { obstacle: null, toFetch: null, endImage: 'unused', unused: [], own: {} } as const;

/** A pipeline with a model for photos, one for two of them, and one for a prompt. */
const MODELS: ModelChoice = {
  options: ['camera', 'between', 'painter'].map((id) => ({ ...OPTION, id, title: id })),
  auto: [
    { endImage: false, prompt: false, modelId: 'camera' },
    { endImage: true, prompt: false, modelId: 'between' },
    { endImage: false, prompt: true, modelId: 'painter' },
    { endImage: true, prompt: true, modelId: 'between' },
  ],
};

test.each([
  [AUTO, { endImage: false, prompt: false }, 'camera'],
  [AUTO, { endImage: true, prompt: false }, 'between'],
  [AUTO, { endImage: false, prompt: true }, 'painter'],
  ['camera', { endImage: true, prompt: true }, 'camera'],
])('%s with %j is %s', (choice, given, id) => {
  expect(chosenModel(MODELS, choice, given)?.id).toBe(id);
});

test('nothing stands for what is not there', () => {
  const none = { ...MODELS, auto: MODELS.auto.map((one) => ({ ...one, modelId: null })) };
  const given = { endImage: false, prompt: false };
  expect(chosenModel(none, AUTO, given)).toBeUndefined();
  expect(chosenModel(MODELS, 'gone', given)).toBeUndefined();
});

test('a prompt is asked for where it would change the model', () => {
  expect(isChosenByPrompt(MODELS, { endImage: false })).toBe(true);
  expect(isChosenByPrompt(MODELS, { endImage: true })).toBe(false);
});
