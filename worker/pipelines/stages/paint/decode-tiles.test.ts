import { InferenceSession } from 'onnxruntime-node';
import { expect, test } from 'vitest';
import { gaussianNoise } from '#worker/diffusion/noise/gaussian-noise';
import { decodeLatents } from '#worker/diffusion/stable-diffusion/vae';
import { GraphBuilder } from '#worker/engines/onnx/convert/graph';
import { decodeTiles, tilesOf } from './decode-tiles.ts';

/** A decoder that looks two latents around each, as the mean of them all. */
async function blurringDecoder(): Promise<InferenceSession> {
  const graph = new GraphBuilder();
  graph.input('latent_sample', ['b', 4, 'h', 'w']);
  graph.constant('mean', new Float32Array(3 * 4 * 25).fill(0.18215 / 50), [3, 4, 5, 5]);
  graph.node('Conv', ['latent_sample', 'mean'], 'blurred', { pads: [2, 2, 2, 2] });
  graph.constant('scales', Float32Array.of(1, 1, 8, 8), [4]);
  graph.node('Resize', ['blurred', '', 'scales'], 'sample', { mode: 'nearest' });
  graph.output('sample', ['b', 3, 'height', 'width']);
  return InferenceSession.create(graph.encode());
}

test('tiles give what the decoder gives of the whole, where it looks no further than their margins', async () => {
  const session = await blurringDecoder();
  const [width, height] = [96, 72];
  const latents = { width, height, data: gaussianNoise(3, 0, 4 * width * height) };
  const done: number[] = [];
  const { rgb, ...size } = await decodeTiles(session, latents, (tiles) => done.push(tiles));
  expect(size).toEqual({ width: 768, height: 576 });
  expect(done).toEqual([0, 1, 2, 3]);
  expect(tilesOf(latents)).toBe(4);
  const whole = await decodeLatents(session, latents);
  const pixels = size.width * size.height;
  let most = 0;
  for (let i = 0; i < pixels; i++) {
    for (let channel = 0; channel < 3; channel++) {
      const value = Math.min(255, Math.max(0, (whole.data[channel * pixels + i]! + 1) * 127.5));
      most = Math.max(most, Math.abs(rgb[i * 3 + channel]! - value));
    }
  }
  // Rounding alone.
  expect(most).toBeLessThan(0.51);
});
