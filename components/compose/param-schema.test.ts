import { expect, test } from 'vitest';
import { fitsSlider, hintOf, optionLabel, type ParamSchema, paramsWith } from './param-schema.ts';

const PIPELINE = {
  params: {
    prompt: { type: 'string', maxLength: 1000 },
    move: { enum: ['push-in', 'pan'], default: 'push-in' },
    steps: { type: 'integer', minimum: 1, maximum: 60, description: 'From noise to video.' },
  } satisfies Record<string, ParamSchema>,
};

test('a model has only the parameters that it makes use of, with bounds of its own', () => {
  const own = { steps: { usual: 20, minimum: 4, maximum: 30, rule: 'from 4 to 30' } };
  const { steps, ...others } = paramsWith(PIPELINE, { unused: ['move'], own });
  expect(Object.keys(others)).toEqual(['prompt']);
  expect(steps).toMatchObject({ type: 'integer', usual: 20, minimum: 4, maximum: 30 });
  expect(hintOf(steps!)).toBe('From noise to video. From 4 to 30.');
});

test('what decides on the model is asked for even where the model makes no use of it', () => {
  const unused = { unused: ['prompt', 'steps'], own: {} };
  expect(Object.keys(paramsWith(PIPELINE, unused, ['prompt']))).toEqual(['prompt', 'move']);
});

test('a model that is not known leaves every parameter as the pipeline has it', () => {
  expect(paramsWith(PIPELINE, undefined)).toEqual(PIPELINE.params);
});

test('a number that may be left out is no slider, which would have to stand somewhere', () => {
  const bounds = { type: 'integer', minimum: 1, maximum: 60 };
  expect(fitsSlider(bounds)).toBe(false);
  expect(fitsSlider({ ...bounds, default: 20 })).toBe(true);
});

test('a choice is called by its label, or by its own words', () => {
  const schema = { enum: ['ddim', 'push-in'], labels: { ddim: 'DDIM' } };
  expect(schema.enum.map((option) => optionLabel(schema, option))).toEqual(['DDIM', 'Push-in']);
});
