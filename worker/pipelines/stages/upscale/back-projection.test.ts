import { expect, test } from 'vitest';
import { channelOf, type Tile } from '../tiles/tile.ts';
import { backProject, shrinkToMeans } from './back-projection.ts';

const striped = (i: number) => (i % 2 === 0 ? 10 : -10);
const edge = (x: number) => (x < 4 ? 40 : 200);

test('blocks become their means', () => {
  const plane = { width: 4, height: 2, data: Float32Array.of(1, 3, 10, 10, 5, 7, 20, 40) };
  expect(shrinkToMeans(plane, 2)).toEqual({ width: 2, height: 1, data: Float32Array.of(4, 20) });
});

test('a result of wrong colours is brought back to those of its original, its detail kept', () => {
  const original: Tile = { width: 6, height: 6, data: new Float32Array(108).fill(120) };
  const enlarged: Tile = {
    width: 12,
    height: 12,
    data: Float32Array.from({ length: 432 }, (_, i) => 90 + striped(i)),
  };
  backProject(enlarged, original);
  for (let channel = 0; channel < 3; channel++) {
    channelOf(enlarged, channel).data.forEach((value, i) => expect(value).toBeCloseTo(120 + striped(i), 3));
  }
});

test('shrunk again, an edge comes much closer to its original', () => {
  const original: Tile = {
    width: 8,
    height: 8,
    data: Float32Array.from({ length: 192 }, (_, i) => edge(i % 8)),
  };
  const blurred = Float32Array.from(
    { length: 768 },
    (_, i) => 120 + Math.max(-80, Math.min(80, ((i % 16) - 7.5) * 20)),
  );
  const enlarged: Tile = { width: 16, height: 16, data: blurred };
  const miss = () => {
    const { data } = shrinkToMeans(channelOf(enlarged, 0), 2);
    return Math.max(...data.map((value, i) => Math.abs(value - original.data[i]!)));
  };
  const before = miss();
  backProject(enlarged, original);
  expect(miss()).toBeLessThan(before / 4);
});
