import { expect, test } from 'vitest';
import { tinyWan } from '#tests/tiny-wan/tiny-wan';
import { latentPreview } from './latent-preview.ts';

test('the middle frame of the latents, in the colours that the index gives them', () => {
  const { index } = tinyWan('wan-2.1-t2v');
  const shape = { channels: 16, frames: 3, height: 1, width: 2 };
  const latents = new Float32Array(16 * 6).fill(9);
  // Red, green and blue of the middle frame's two pixels.
  latents.set([1, -1], 2);
  latents.set([0, 0.2], 6 + 2);
  latents.set([-3, 3], 12 + 2);
  const { width, height, rgb } = latentPreview(latents, shape, index);
  expect([width, height]).toEqual([2, 1]);
  expect([...rgb]).toEqual([255, 128, 0, 0, 153, 255]);
});
