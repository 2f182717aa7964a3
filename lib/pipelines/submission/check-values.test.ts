import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { FieldError } from '#lib/core/errors';
import { checkValues } from './check-values.ts';

const schema = z.strictObject({
  layers: z.coerce.number().int().min(2).max(8).default(4),
  seed: z.coerce.number().int().optional(),
  strength: z.coerce.number().min(0.5).optional(),
  mode: z.enum(['soft', 'hard']).optional(),
  prompt: z.string().max(5).optional(),
  loop: z.boolean().optional(),
});

function check(given: Record<string, unknown>) {
  const errors: FieldError[] = [];
  const values = checkValues(schema, new Map(Object.entries(given)), errors);
  return { values, errors };
}

describe('a whole number', () => {
  test.each([3, '3', '+3', '03', 3.0])('is taken as %j', (layers) => {
    expect(check({ layers })).toEqual({ values: { layers: 3 }, errors: [] });
  });

  test.each([
    '0x4',
    ' 4 ',
    '4.0',
    '4e0',
    '',
    '-',
    'four',
    3.5,
    true,
    null,
    [4],
    { a: 4 },
    1,
    9,
    '9'.repeat(400),
  ])('is not %j', (layers) => {
    const { values, errors } = check({ layers });
    expect(values).toBeNull();
    expect(errors).toMatchObject([
      {
        pointer: '/layers',
        message: 'layers is a whole number from 2 to 8.',
        allowed: { minimum: 2, maximum: 8 },
      },
    ]);
  });
});

test('everything else is told in words too, all at once', () => {
  const { errors } = check({ seed: 1e300, strength: 0, mode: 'x', prompt: 'abcdef', loop: 'yes' });
  expect(errors.map((error) => error.message)).toEqual([
    'seed is a whole number.',
    'strength is a number of at least 0.5.',
    'mode is one of soft, hard.',
    'prompt is a text of at most 5 characters.',
    'loop is either true or false.',
  ]);
});

test('a name that is not declared is left to the caller', () => {
  expect(check({ layers: 2, colour: 'red' })).toEqual({ values: { layers: 2 }, errors: [] });
});
