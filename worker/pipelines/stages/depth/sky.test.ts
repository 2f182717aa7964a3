import { expect, test } from 'vitest';
import { findSky, hasSky, pushSkyBack } from './sky.ts';

const size = { width: 160, height: 120 };

function photo(colourAt: (x: number, y: number) => readonly number[]) {
  const rgb = Uint8Array.from({ length: 160 * 120 * 3 }, (_, at) => {
    const i = Math.floor(at / 3);
    return colourAt(i % 160, Math.floor(i / 160))[at % 3]!;
  });
  return { ...size, rgb };
}

const rough = (x: number, y: number) => ((x * 7 + y * 13) % 5 < 2 ? [60, 50, 40] : [140, 120, 100]);

test('an even bright area at the top is sky, what is below it is not', () => {
  const sky = findSky(photo((x, y) => (y < 50 ? [190, 215, 250] : rough(x, y))));
  expect(hasSky(sky)).toBe(true);
  expect(sky.data[20 * 160 + 80]).toBe(1);
  expect(sky.data[80 * 160 + 80]).toBe(0);
});

test('a dark blue evening sky counts, a dark ceiling does not', () => {
  expect(hasSky(findSky(photo((x, y) => (y < 50 ? [15, 30, 80] : rough(x, y)))))).toBe(true);
  expect(hasSky(findSky(photo((x, y) => (y < 50 ? [60, 50, 40] : rough(x, y)))))).toBe(false);
});

test('a bright patch that does not reach the top is no sky', () => {
  const sky = findSky(photo((x, y) => (y > 60 && y < 110 ? [240, 240, 240] : rough(x, y))));
  expect(hasSky(sky)).toBe(false);
  expect(sky.data.every((value) => value === 0)).toBe(true);
});

test('sky goes behind everything', () => {
  const pushed = pushSkyBack(
    { width: 2, height: 1, data: Float32Array.of(0.7, 0.7) },
    { width: 2, height: 1, data: Float32Array.of(1, 0) },
  );
  expect(pushed.data[0]).toBe(0);
  expect(pushed.data[1]).toBeCloseTo(0.7);
});
