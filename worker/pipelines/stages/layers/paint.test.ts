import { expect, test } from 'vitest';
import { distanceToNearer, ringWidth, STILL_RIM } from './hidden.ts';
import { ownership, sampleBands } from './ownership.ts';
import { paintLayer } from './paint.ts';

const size = { width: 64, height: 16 };
const pixels = 64 * 16;
/** A red thing in columns 24-39 on a ground of blue; the fill says what blue goes on behind it. */
const bands = Uint8Array.from({ length: pixels }, (_, i) => (i % 64 >= 24 && i % 64 < 40 ? 2 : 1));
const photo = Uint8Array.from({ length: pixels * 3 }, (_, at) => {
  const isThing = bands[Math.floor(at / 3)] === 2;
  return (isThing ? [220, 30, 20] : [30, 60, 200])[at % 3]!;
});
const fill = Uint8Array.from({ length: pixels * 3 }, (_, at) => [34, 66, 190][at % 3]!);

function paintBoth() {
  const composite = new Uint8Array(pixels * 3);
  const toNearer = distanceToNearer(bands, 1, size);
  const back = new Uint8Array(pixels * 4);
  const front = new Uint8Array(pixels * 4);
  const common = { photo: { ...size, rgb: photo }, rim: STILL_RIM, ring: ringWidth(size, STILL_RIM) };
  const owns = ownership(sampleBands(bands, size), 1);
  const background = { ...common, toOwn: new Uint8Array(pixels), fill, toNearer, owns };
  paintLayer(background, { layer: back, composite });
  const behind = composite.slice();
  paintLayer({ ...common, toOwn: toNearer }, { layer: front, composite });
  return { composite, behind, back, front };
}

test('laid over each other, the layers are the photo', () => {
  const { composite } = paintBoth();
  const worst = composite.reduce((most, value, at) => Math.max(most, Math.abs(value - photo[at]!)), 0);
  expect(worst).toBeLessThanOrEqual(1);
});

test('the background is opaque everywhere and has nothing of the thing in front', () => {
  const { back, behind } = paintBoth();
  for (let i = 0; i < pixels; i++) expect(back[i * 4 + 3]).toBe(255);
  const reds = behind.filter((_, at) => at % 3 === 0);
  expect(Math.max(...reds)).toBeLessThanOrEqual(34);
});

test('the nearer layer is the thing alone: opaque on it, fading beside it, nothing further off', () => {
  const { front } = paintBoth();
  const alpha = Array.from({ length: 64 }, (_, x) => front[(8 * 64 + x) * 4 + 3]!);
  expect(alpha.slice(24, 40).every((value) => value === 255)).toBe(true);
  expect(alpha[23]).toBeGreaterThan(0);
  expect(alpha[23]).toBeLessThan(255);
  expect(alpha.slice(0, 20).every((value) => value === 0)).toBe(true);
});
