import { describe, expect, test } from 'vitest';
import { type PastRun, remainingMs, type StageUnderWay } from './estimates.ts';

const MEGAPIXEL = 1_000_000;
/** Medians: 30 s of depth, 10 s of cut, 50 s of fill. */
const PAST = [
  past({ depth: 29_000, cut: 10_000, fill: 90_000 }),
  past({ depth: 30_000, cut: 5_000, fill: 40_000 }),
  past({ depth: 36_000, cut: 12_000, fill: 50_000 }),
];

function past(stageMs: Record<string, number>, inputPixels = MEGAPIXEL): PastRun {
  return { inputPixels, stageMs };
}

function left(
  runs: PastRun[],
  done: string[] = [],
  current: StageUnderWay | null = null,
  pixels = MEGAPIXEL,
) {
  return remainingMs(runs, { inputPixels: pixels, done, current });
}

test('a run takes the median of each of its stages', () => {
  expect(left(PAST)).toBe(90_000);
  expect(left([...PAST, past({ depth: 32_000, cut: 20_000, fill: 60_000 })])).toBe(31_000 + 11_000 + 55_000);
});

test('what is done takes no more time', () => {
  expect(left(PAST, ['depth'])).toBe(60_000);
  expect(left(PAST, ['depth', 'cut', 'fill'])).toBe(0);
});

test('two runs are not enough to go by', () => {
  expect(left([])).toBeNull();
  expect(left(PAST.slice(1))).toBeNull();
});

test('runs of pictures more than twice as large or half as small do not count', () => {
  expect(left(PAST, [], null, 2 * MEGAPIXEL)).toBe(90_000);
  expect(left(PAST, [], null, MEGAPIXEL / 2)).toBe(90_000);
  expect(left(PAST, [], null, 2 * MEGAPIXEL + 1)).toBeNull();
  expect(left(PAST, [], null, MEGAPIXEL / 2 - 1)).toBeNull();
});

test('a stage that few of the runs had is not known', () => {
  expect(left([...PAST, past({ depth: 1, cut: 1, fill: 1, polish: 1 })])).toBeNull();
});

test('only the latest 25 runs count', () => {
  const slow = Array.from({ length: 13 }, () => past({ only: 60_000 }));
  const fast = Array.from({ length: 13 }, () => past({ only: 20_000 }));
  expect(left([...slow, ...fast])).toBe(20_000);
});

const fill = (share: number, sinceMs: number) =>
  left(PAST, ['depth', 'cut'], { stage: 'fill', share, sinceMs });

describe('of a stage that runs', () => {
  test('what is left is the rest of its steps, less the time since the last', () => {
    expect(fill(0.5, 0)).toBe(25_000);
    expect(fill(0.5, 10_000)).toBe(15_000);
    expect(left(PAST, [], { stage: 'depth', share: 0, sinceMs: 6_000 })).toBe(24_000 + 10_000 + 50_000);
  });

  test('nothing is left once it has taken its usual time', () => {
    expect(fill(0, 50_001)).toBe(0);
    expect(fill(0, 90_000)).toBe(0);
  });

  test('nothing is known once it takes longer than it ever did', () => {
    expect(fill(0, 90_001)).toBeNull();
    expect(fill(0.5, 45_001)).toBeNull();
  });

  test('its own steps say more of it than other runs do', () => {
    const current = {
      stage: 'fill',
      share: 0.5,
      sinceMs: 90_000,
      measured: { stageMs: 8_000, afterMs: 1_000 },
    };
    expect(left(PAST, ['depth', 'cut'], current)).toBe(8_000);
    expect(left(PAST, [], { ...current, stage: 'depth' })).toBe(8_000 + 10_000 + 50_000);
  });

  test('and say all there is to know where other runs say nothing, or not of all that is to come', () => {
    const current = { stage: 'fill', share: 0.5, sinceMs: 0, measured: { stageMs: 8_000, afterMs: 1_000 } };
    expect(left([], ['depth'], current)).toBe(9_000);
    expect(left([...PAST, past({ fill: 1, polish: 1 })], [], current)).toBe(9_000);
  });

  test('nothing is known of one that no run had', () => {
    expect(left(PAST, [], { stage: 'polish', share: 0, sinceMs: 0 })).toBeNull();
  });
});
