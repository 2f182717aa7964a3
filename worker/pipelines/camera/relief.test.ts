import { expect, test } from 'vitest';
import { disparityOf } from './geometry.ts';
import { type Depths, reliefOf } from './relief.ts';
import { reliefSize } from './scene.ts';

const size = { width: 160, height: 96 };
const samples = reliefSize(size);

function depthsOf(at: (x: number, y: number) => { nearness: number; band: number }): Depths {
  const places = Array.from({ length: size.width * size.height }, (_, i) =>
    at(i % size.width, Math.floor(i / size.width)),
  );
  return {
    ...size,
    nearness: Uint16Array.from(places, ({ nearness }) => nearness * 65535),
    bands: Uint8Array.from(places, ({ band }) => band),
  };
}

function sample(relief: Float32Array, x: number, y: number): number {
  return relief[Math.round(y / 8) * samples.width + Math.round(x / 8)]!;
}

test('a sheet has nothing of the depth of what stands before it, nor that of what is behind', () => {
  const depths = depthsOf((x, y) =>
    x >= 60 && x < 100 ? { nearness: 0.9, band: 2 } : { nearness: 0.1 + (0.2 * y) / size.height, band: 1 },
  );
  const ground = reliefOf(depths, 1, { far: 0, near: 0.5 });
  const thing = reliefOf(depths, 2, { far: 0.5, near: 1 });
  expect(Math.max(...ground)).toBeLessThan(disparityOf(0.31));
  expect(sample(ground, 80, 48)).toBeCloseTo(disparityOf(0.2), 1);
  for (const disparity of thing) expect(disparity).toBeCloseTo(disparityOf(0.9), 2);
});

test('two sheets of one slope move alike where they meet', () => {
  const depths = depthsOf((_, y) => ({ nearness: 0.25 + (0.5 * y) / size.height, band: y < 48 ? 1 : 2 }));
  const far = reliefOf(depths, 1, { far: 0, near: 0.5 });
  const near = reliefOf(depths, 2, { far: 0.5, near: 1 });
  expect(Math.abs(sample(far, 80, 48) - sample(near, 80, 48))).toBeLessThan(0.02);
  expect(sample(near, 80, 88)).toBeGreaterThan(sample(near, 80, 56));
});

test('a step within one sheet becomes a slope that a camera can move over', () => {
  const depths = depthsOf((x) => ({ nearness: x < 80 ? 0.1 : 0.9, band: 1 }));
  const relief = reliefOf(depths, 1, { far: 0, near: 1 });
  const row = Array.from({ length: samples.width }, (_, x) => sample(relief, x * 8, 48));
  const rises = row.slice(1).map((disparity, i) => disparity - row[i]!);
  expect(Math.min(...rises)).toBeGreaterThan(-0.001);
  expect(Math.max(...rises)).toBeLessThan(3.5 / samples.width);
  expect(row.at(-1)! - row[0]!).toBeGreaterThan(0.5);
});
