import { expect, test } from 'vitest';
import type { Picture } from '#worker/pipelines/raster/size';
import { agreementOf } from './between-agreement.ts';

/** A grey picture of 192x128 pixels by a formula of its place. */
function drawn(lightness: (x: number, y: number) => number): Picture {
  const [width, height] = [192, 128];
  const rgb = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i++)
    rgb.fill(lightness(i % width, Math.floor(i / width)), i * 3, i * 3 + 3);
  return { width, height, rgb };
}

const waves = (x: number, y: number) => 128 + 60 * Math.sin(x / 9) * Math.cos(y / 11);

test('a picture agrees with itself, darker or not', async () => {
  expect(await agreementOf(drawn(waves), drawn(waves))).toBeCloseTo(1, 9);
  expect(
    await agreementOf(
      drawn(waves),
      drawn((x, y) => waves(x, y) - 60),
    ),
  ).toBeCloseTo(1, 2);
  expect(
    await agreementOf(
      drawn(waves),
      drawn((x, y) => waves(x, y) * 0.6),
    ),
  ).toBeGreaterThan(0.85);
});

test('pictures of different things agree in nothing, even where one is plain', async () => {
  const rings = drawn((x, y) => 128 + 60 * Math.sin(Math.hypot(x - 96, y - 64) / 5));
  expect(await agreementOf(drawn(waves), rings)).toBeLessThan(0.2);
  expect(
    await agreementOf(
      drawn(waves),
      drawn(() => 90),
    ),
  ).toBeLessThan(0.01);
  expect(
    await agreementOf(
      drawn(() => 20),
      drawn(() => 90),
    ),
  ).toBeCloseTo(1, 9);
});
