import { expect, test } from 'vitest';
import { ENCODER_STREAM, gaussianNoise, INITIAL_STREAM, streamAfter } from './gaussian-noise.ts';
import { normalQuantile } from './normal-quantile.ts';

const COUNT = 100_000;
const mean = (values: Float32Array, of: (x: number, i: number) => number) =>
  values.reduce((sum, x, i) => sum + of(x, i), 0) / values.length;

test('the first values are those of the words of the generator', () => {
  // Philox4x32-10 at counter and key 0: the vector its authors publish.
  const words = [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8];
  const values = words.map((word) => Math.fround(normalQuantile((word + 0.5) / 2 ** 32)));
  expect([...gaussianNoise(0, 0, 4)]).toEqual(values);
});

test('a value does not depend on how many are asked for', () => {
  const all = gaussianNoise(42, 0, 1000);
  for (const length of [1, 2, 3, 4, 5, 998]) {
    expect(gaussianNoise(42, 0, length)).toEqual(all.slice(0, length));
  }
});

test.each([0, 42, 0xffffffff])('the moments of seed %d are those of the normal distribution', (seed) => {
  const values = gaussianNoise(seed, INITIAL_STREAM, COUNT);
  // Each within five of its standard errors, which are the roots of 1, 2, 15 and 96 over that of the count.
  const error = 5 / Math.sqrt(COUNT);
  expect(Math.abs(mean(values, (x) => x))).toBeLessThan(error);
  expect(Math.abs(mean(values, (x) => x ** 2) - 1)).toBeLessThan(error * Math.sqrt(2));
  expect(Math.abs(mean(values, (x) => x ** 3))).toBeLessThan(error * Math.sqrt(15));
  expect(Math.abs(mean(values, (x) => x ** 4) - 3)).toBeLessThan(error * Math.sqrt(96));
});

test('values are spread as the normal distribution spreads them', () => {
  const sorted = gaussianNoise(42, INITIAL_STREAM, COUNT).sort();
  // Kolmogorov and Smirnov: 1.95 over the root of the count is passed once in a thousand times.
  const allowed = 1.95 / Math.sqrt(COUNT);
  for (const probability of [0.001, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999]) {
    const below = sorted.findIndex((x) => x > normalQuantile(probability)) / COUNT;
    expect(Math.abs(below - probability)).toBeLessThan(allowed);
  }
});

test('streams, seeds and neighbours have nothing to do with each other', () => {
  const values = gaussianNoise(42, INITIAL_STREAM, COUNT);
  const others = [
    gaussianNoise(43, INITIAL_STREAM, COUNT),
    gaussianNoise(42, streamAfter(0), COUNT),
    gaussianNoise(42, streamAfter(1), COUNT),
    gaussianNoise(42, ENCODER_STREAM, COUNT),
    gaussianNoise(42, INITIAL_STREAM, COUNT + 1).slice(1),
    gaussianNoise(42, INITIAL_STREAM, COUNT + 4).slice(4),
  ];
  for (const other of others) {
    expect(Math.abs(mean(values, (x, i) => x * other[i]!))).toBeLessThan(5 / Math.sqrt(COUNT));
  }
});
