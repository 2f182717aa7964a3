import { expect, test } from 'vitest';
import { smoothWithin } from './domain-transform.ts';

const size = { width: 20, height: 6 };
/** Black on the left, white from column 12 on. */
const guide = new Uint8Array(size.width * size.height * 3).map((_, i) =>
  Math.floor(i / 3) % 20 < 12 ? 0 : 255,
);
const options = { sigmaSpace: 20, sigmaColour: 60, iterations: 3 };

function plane(valueAt: (x: number) => number) {
  return { ...size, data: new Float32Array(120).map((_, i) => valueAt(i % 20)) };
}

test('a blurred ramp that is not trusted becomes a step at the edge of the guide', () => {
  const ramp = plane((x) => Math.min(1, Math.max(0, (x - 5) / 10)));
  const trust = plane((x) => (x <= 5 || x >= 15 ? 1 : 1e-4));
  const { data } = smoothWithin(ramp, trust, guide, options);
  for (let x = 0; x < 12; x++) expect(data[40 + x]).toBeLessThan(0.05);
  for (let x = 12; x < 20; x++) expect(data[40 + x]).toBeGreaterThan(0.95);
});

test('what is even stays as it is', () => {
  const even = plane(() => 0.25);
  const { data } = smoothWithin(
    even,
    plane(() => 1),
    guide,
    options,
  );
  for (const value of data) expect(value).toBeCloseTo(0.25, 5);
});
