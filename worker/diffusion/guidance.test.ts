import { expect, test } from 'vitest';
import { guide } from './guidance.ts';

const conditional = Float32Array.of(1, -2, 0.25);
const unconditional = Float32Array.of(0.5, -1, 0.75);

test('guidance goes on from the answer without the prompt past the one with it', () => {
  expect([...guide(conditional, unconditional, 3)]).toEqual([2, -4, -0.75]);
});

test('scale 1 is the answer with the prompt, scale 0 the one without', () => {
  expect(guide(conditional, unconditional, 1)).toEqual(conditional);
  expect(guide(conditional, unconditional, 0)).toEqual(unconditional);
});
