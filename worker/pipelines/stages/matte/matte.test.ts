import { expect, test } from 'vitest';
import { hasSubject } from './matte.ts';
import { matteNetwork } from './network.ts';

const size = { width: 40, height: 40 };

function plane(valueAt: (x: number, y: number) => number) {
  return {
    ...size,
    data: Float32Array.from({ length: 1600 }, (_, i) => valueAt(i % 40, Math.floor(i / 40))),
  };
}

const standing = plane((x, y) => (x >= 15 && x < 25 && y >= 5 && y < 35 ? 1 : 0));

test('a decided matte has a subject; an undecided, an empty and a full one have none', () => {
  expect(hasSubject(standing)).toBe(true);
  expect(hasSubject(plane(() => 0.4))).toBe(false);
  expect(hasSubject(plane((x) => (x < 12 ? 0.5 : x < 14 ? 0.9 : 0)))).toBe(false);
  expect(hasSubject(plane(() => 0.02))).toBe(false);
  expect(hasSubject(plane(() => 1))).toBe(false);
});

test.each([
  { width: 1000, height: 1000, to: { width: 512, height: 512 } },
  { width: 3000, height: 4000, to: { width: 512, height: 672 } },
  { width: 120, height: 80, to: { width: 768, height: 512 } },
  { width: 4096, height: 64, to: { width: 1024, height: 32 } },
])('MODNet sees $width x $height in sides that it can halve five times', ({ to, ...photo }) => {
  expect(matteNetwork('modnet').inputFor(photo)).toEqual(to);
});
