import { expect, test } from 'vitest';
import { tokenTimesteps, withFirstFrame } from './first-frame-timestep.ts';

const SHAPE = { channels: 2, frames: 2, height: 2, width: 4 };

test('the first frame of every channel is that of the picture, and the latents stay as they are', () => {
  const latents = Float32Array.from({ length: 32 }, (_, at) => at);
  const first = Float32Array.from({ length: 16 }, (_, at) => -at);
  const shown = withFirstFrame(latents, first, SHAPE);
  expect([...shown.subarray(0, 16)]).toEqual([-0, -1, -2, -3, -4, -5, -6, -7, 8, 9, 10, 11, 12, 13, 14, 15]);
  expect([...shown.subarray(16, 24)]).toEqual([-8, -9, -10, -11, -12, -13, -14, -15]);
  expect(shown.subarray(24)).toEqual(latents.subarray(24));
  expect(latents[1]).toBe(1);
});

test('tokens of the picture have no noise, all others the same', () => {
  expect([...tokenTimesteps(700, SHAPE, [1, 2, 2], true)]).toEqual([0, 0, 700, 700]);
  expect([...tokenTimesteps(700, SHAPE, [1, 2, 2], false)]).toEqual([700, 700, 700, 700]);
});

test('there are as many tokens as the published sizes have', () => {
  // 704x1280, 121 frames, of Wan 2.2 TI2V-5B; DIFFUSION.md A2.
  const shape = { channels: 48, frames: 31, height: 44, width: 80 };
  expect(tokenTimesteps(999, shape, [1, 2, 2], true)).toHaveLength(27_280);
});
