import { expect, test } from 'vitest';
import { passageFrames } from './between-frames.ts';

/** A passage whose moments are their own time, in thousandths; `asked` is every time it was asked to make. */
function clock() {
  const asked: number[] = [];
  const passage = {
    first: 0,
    last: 1000,
    between: async (from: number, to: number, t: number) => {
      asked.push(t);
      return from + (to - from) * t;
    },
    show: (moment: number) => ({ width: 1, height: 1, rgb: Uint8Array.of(moment / 4, 0, 0), moment }),
  };
  return { passage, asked };
}

async function timesOf(frameCount: number, loop: boolean) {
  const { passage, asked } = clock();
  const times: number[] = [];
  for await (const picture of passageFrames(passage, { frameCount, loop })) {
    times.push((picture as ReturnType<typeof passage.show>).moment);
  }
  return { times, asked };
}

test.each([2, 3, 24, 25, 49, 96, 480])('%i frames come in order, evenly, from end to end', async (count) => {
  const { times, asked } = await timesOf(count, false);
  expect(times).toEqual(
    Array.from({ length: count }, (_, index) => expect.closeTo((1000 * index) / (count - 1), 6)),
  );
  expect(asked).toHaveLength(count - 2);
});

test.each([24, 25, 480])('a loop of %i frames goes there and back, and could go on', async (count) => {
  const { times } = await timesOf(count, true);
  const turn = Math.floor(count / 2);
  expect(times).toHaveLength(count);
  expect([times[0], times[turn]]).toEqual([0, 1000]);
  for (let index = 1; index <= turn; index++) expect(times[index]).toBeGreaterThan(times[index - 1]!);
  for (let index = turn + 1; index < count; index++) expect(times[index]).toBeLessThan(times[index - 1]!);
  expect(times.at(-1)).toBeCloseTo(1000 / (count - turn), 6);
});

test('the network is asked only for times that it keeps well', async () => {
  for (let count = 24; count <= 480; count += 19) {
    for (const t of (await timesOf(count, false)).asked) {
      expect(t).toBeGreaterThan(0.16);
      expect(t).toBeLessThan(0.84);
    }
  }
});
