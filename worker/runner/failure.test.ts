import { expect, test } from 'vitest';
import { AppError } from '#lib/core/errors';
import { WeightsMissing } from '#lib/models/weights-missing';
import { fromFailure, toFailure } from './failure.ts';

const crossed = (error: unknown) => fromFailure(structuredClone(toFailure(error)));

test('an error is the same on the other side, and its cause is there for the log', () => {
  const error = new AppError('model_unfit', 'It cannot be loaded.', {
    suggestion: 'Check it.',
    cause: 'why',
  });
  expect(crossed(error)).toMatchObject({
    code: 'model_unfit',
    message: error.message,
    suggestion: 'Check it.',
  });
  expect(String(crossed(error).cause)).toContain('why');
  expect(crossed(new TypeError('x is not a function'))).toMatchObject({ code: 'internal' });
});

test('of weights that are missing it is still known which', () => {
  const error = crossed(new WeightsMissing('RIFE is not here.', ['rife']));
  expect(error).toBeInstanceOf(WeightsMissing);
  expect(error).toMatchObject({ message: 'RIFE is not here.', toFetch: ['rife'] });
  expect(error.suggestion).toContain('models download rife');
});
