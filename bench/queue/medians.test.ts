import { expect, test } from 'vitest';
import { medians, quantile } from './medians.ts';

test('a quantile is a value that occurred, whatever the order', () => {
  const values = Array.from({ length: 100 }, (_, at) => 100 - at);
  expect([quantile(values, 0.5), quantile(values, 0.99), quantile([7], 0.99)]).toEqual([51, 100, 7]);
});

test('each figure has its own median over the rounds', () => {
  const rounds = [
    { enqueue: 1, drain: 30 },
    { enqueue: 3, drain: 10 },
    { enqueue: 2, drain: 900 },
  ];
  expect(medians(rounds)).toEqual({ enqueue: 2, drain: 30 });
});
