import { expect, test } from 'vitest';
import { BLOCK, EMPTY, OPAQUE, PARTLY } from './scene.ts';
import { blocksOf, texelsOf } from './texels.ts';

const size = { width: 48, height: 32 };
const whole = { left: 0, top: 0, ...size };

/** Grey of one level, its opacity by column. */
function sheet(level: number, opacity: (x: number) => number): Uint8Array {
  const rgba = new Uint8Array(size.width * size.height * 4).fill(level);
  for (let i = 0; i < size.width * size.height; i++) rgba[i * 4 + 3] = opacity(i % size.width);
  return rgba;
}

test('every second texel is a pixel, premultiplied', () => {
  const texels = texelsOf(
    sheet(200, (x) => x * 5),
    size,
    whole,
  );
  const texel = texels[2 * 10 * 96 + 2 * 20]!;
  expect([texel & 255, texel >>> 24]).toEqual([Math.round((200 * 100) / 255), 100]);
});

test('along a soft edge no texel is brighter than what it is of', () => {
  const texels = texelsOf(
    sheet(200, (x) => [0, 128, 255][Math.min(2, Math.max(0, x - 20))]!),
    size,
    whole,
  );
  const unlike = [...texels].map((texel) => Math.abs((texel & 255) - (200 * (texel >>> 24)) / 255));
  expect(Math.max(...unlike)).toBeLessThanOrEqual(1);
});

test('blocks tell where there is nothing, something and all', () => {
  const texels = texelsOf(
    sheet(90, (x) => (x < 40 ? 0 : 255)),
    size,
    whole,
  );
  expect([...blocksOf(texels, size)]).toEqual([EMPTY, EMPTY, PARTLY, EMPTY, EMPTY, PARTLY]);
  const full = texelsOf(
    sheet(90, () => 255),
    size,
    whole,
  );
  expect([...blocksOf(full, size)]).toEqual(Array.from({ length: (48 / BLOCK) * 2 }, () => OPAQUE));
});
