import { expect, test } from 'vitest';
import { enlargeBicubic } from './bicubic.ts';

const slope = (x: number, y: number) => 10 * x - 3 * y;

test('a step becomes a step that swings over', () => {
  const step = { width: 4, height: 1, data: Float32Array.of(0, 0, 128, 128) };
  const { width, height, data } = enlargeBicubic(step, 2);
  expect([width, height]).toEqual([8, 2]);
  // A quarter of a pixel off, the four neighbours weigh -9, 111, 29 and -3 of 128.
  const row = [0, -3, -9, 29 - 3, -9 + 111, 128 + 9, 128 + 3, 128];
  expect([...data]).toEqual([...row, ...row]);
});

test.each([2, 4])('inside a picture, x%i leaves a slope the slope it was, and where it was', (factor) => {
  const [width, height] = [9, 7];
  const data = Float32Array.from({ length: width * height }, (_, i) =>
    slope(i % width, Math.floor(i / width)),
  );
  const enlarged = enlargeBicubic({ width, height, data }, factor);
  const rim = 2 * factor;
  for (let y = rim; y < enlarged.height - rim; y++) {
    for (let x = rim; x < enlarged.width - rim; x++) {
      const wanted = slope((x + 0.5) / factor - 0.5, (y + 0.5) / factor - 0.5);
      expect(enlarged.data[y * enlarged.width + x]).toBeCloseTo(wanted, 3);
    }
  }
});
