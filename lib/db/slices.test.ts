import { expect, test } from 'vitest';
import { slices } from './slices.ts';

test.each([0, 1, 99, 100, 101, 350])(
  '%d rows are read once each, in order, and never all at once',
  async (count) => {
    const rows = Array.from({ length: count }, (_, index) => index);
    const read = async (after: number | undefined, limit: number) =>
      rows.filter((row) => after === undefined || row > after).slice(0, limit);
    const seen: number[][] = [];
    for await (const slice of slices(read)) seen.push(slice);
    expect(seen.flat()).toEqual(rows);
    expect(Math.max(0, ...seen.map((slice) => slice.length))).toBeLessThanOrEqual(100);
  },
);

test('the event loop has its turn between two slices', async () => {
  let turned = false;
  setImmediate(() => {
    turned = true;
  });
  const seen: boolean[] = [];
  const read = async (after: number | undefined, limit: number) => {
    seen.push(turned);
    return after === undefined ? Array<number>(limit).fill(0) : [];
  };
  for await (const _ of slices(read));
  expect(seen).toEqual([false, true]);
});
