import { expect, test } from 'vitest';
import { guidanceEmbedding } from './guidance-embedding.ts';

test('no guidance is sines of nothing and cosines of nothing', () => {
  const embedding = guidanceEmbedding(1, 256);
  expect(embedding).toHaveLength(256);
  expect(embedding.slice(0, 128).every((value) => value === 0)).toBe(true);
  expect(embedding.slice(128).every((value) => value === 1)).toBe(true);
});

test('more of it is waves of the thousandfold, the last ten thousand times as slow as the first', () => {
  const embedding = guidanceEmbedding(8, 256);
  const [fastest, slowest] = [7000, 0.7];
  expect(embedding[0]).toBeCloseTo(Math.sin(fastest), 9);
  expect(embedding[127]).toBeCloseTo(Math.sin(slowest), 9);
  expect(embedding[128]).toBeCloseTo(Math.cos(fastest), 9);
  expect(embedding[255]).toBeCloseTo(Math.cos(slowest), 9);
});
