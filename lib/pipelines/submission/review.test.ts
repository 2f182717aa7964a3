import { expect, test } from 'vitest';
import { i2v } from '../i2v.ts';
import { photoRealistic } from '../photo-realistic.ts';
import type { PipelineRequest } from '../pipeline.ts';
import { reviewRequest } from './review.ts';

const START = { width: 1600, height: 900 };

function review(model: string, images: PipelineRequest['images'], pipeline = i2v) {
  return reviewRequest(pipeline, { model, params: {}, images });
}

test('a model that goes from one picture to another needs both', () => {
  expect(review('rife', { image: START })).toMatchObject({
    errors: [
      {
        pointer: '/end_image',
        code: 'required',
        message: 'RIFE 4.6 goes from one picture to another: send the last one as end_image.',
      },
    ],
    warnings: [],
  });
  expect(review('rife', { image: START, end_image: START })).toMatchObject({ errors: [], warnings: [] });
});

test('an end image that a model makes no use of is accepted with a warning, whatever its shape', () => {
  const warnings = ['Camera move makes no use of an end image; yours was left out.'];
  expect(review('camera-move', { image: START, end_image: { width: 50, height: 900 } })).toMatchObject({
    errors: [],
    warnings,
  });
});

test.each([[{ width: 3200, height: 1800 }], [{ width: 1632, height: 900 }], [{ width: 1600, height: 918 }]])(
  'an end image of %o is of the same shape, or within two percent',
  (endImage) => {
    expect(review('rife', { image: START, end_image: endImage }).errors).toEqual([]);
  },
);

test.each([
  [{ width: 1633, height: 900 }, '1633x900 (1.81:1) against 1600x900 (1.78:1)'],
  [{ width: 1600, height: 919 }, '1600x919 (1.74:1) against 1600x900 (1.78:1)'],
  [{ width: 900, height: 1600 }, '900x1600 (0.563:1) against 1600x900 (1.78:1)'],
])('one of %o is refused, and both ratios are named', (endImage, ratios) => {
  const { errors } = review('rife', { image: START, end_image: endImage });
  expect(errors).toMatchObject([{ pointer: '/end_image', code: 'aspect_ratio' }]);
  expect(errors[0]!.message).toContain(ratios);
});

test('what the pipeline itself has to say comes with it', () => {
  const picky = {
    ...photoRealistic,
    review: () => ({
      errors: [{ pointer: '/image', code: 'dull', message: 'Too dull.' }],
      warnings: ['Grey.'],
    }),
  };
  expect(review('auto', { image: START }, picky)).toMatchObject({
    errors: [{ pointer: '/image', code: 'dull', message: 'Too dull.' }],
    warnings: ['Grey.'],
  });
});
