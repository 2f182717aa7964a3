import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, expect, test } from 'vitest';
import { temporaryFolder } from '#tests/temporary-folder';
import { DiffusionJob } from '#tests/tiny-wan/diffusion-job';
import { weightsOf } from '#tests/tiny-wan/exported-wan';

const FLF2V = 'wan2.1-flf2v-14b';
const TI2V = 'wan2.2-ti2v-5b';
const weightsDir = weightsOf({ [FLF2V]: 'wan-2.1-flf2v', [TI2V]: 'wan-2.2-ti2v-5b' });
afterAll(() => rm(weightsDir, { recursive: true }));

/** A picture of stripes that stand, of these colours. */
async function stripes(width: number, height: number, colours: string[]): Promise<string> {
  const stripe = width / colours.length;
  const bars = colours.map(
    (colour, at) => `<rect x="${at * stripe}" width="${stripe}" height="${height}" fill="${colour}"/>`,
  );
  const path = join(temporaryFolder(), 'stripes.png');
  const drawn = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${bars.join('')}</svg>`;
  await sharp(Buffer.from(drawn)).png().toFile(path);
  return path;
}

test('a model that looks at its pictures with CLIP is given what that sees in both', async () => {
  const images = { image: await stripes(32, 32, ['#ff0000']), end_image: await stripes(32, 32, ['#0000ff']) };
  const job = new DiffusionJob(weightsDir, FLF2V, { width: 32, height: 32, frames: 5 }, images);
  await job.attempt('condition');
  const states = await job.floats('condition', 'image.f32');
  expect(states).toHaveLength(2 * 257 * 1280);
  // The tiny CLIP gives each token the normalised mean of red, green and blue: its mean and deviation are CLIP's.
  const [none, blueWhole] = [-0.48145466 / 0.26862954, (1 - 0.40821073) / 0.27577711];
  expect(states[0]).toBeCloseTo((1 - 0.48145466) / 0.26862954, 3);
  expect(states[257 * 1280]).toBeCloseTo(none, 3);
  expect(states[257 * 1280 + 2]).toBeCloseTo(blueWhole, 3);
  // Four channels of a mask, sixteen of latents, two latent frames of 4x4.
  expect(await job.floats('condition', 'condition.f32')).toHaveLength(20 * 2 * 4 * 4);
});

test('a picture of another shape than the video is cut at its ends, not squeezed', async () => {
  const wide = await stripes(96, 32, ['red', 'white', 'red']);
  const job = new DiffusionJob(weightsDir, TI2V, { width: 32, height: 32, frames: 5 }, { image: wide });
  await job.attempt('condition');
  const condition = await job.floats('condition', 'condition.f32');
  // Channel 1 is twice the green, which only the white in the middle has.
  expect([...condition.subarray(4, 8)].map((value) => Math.round(value))).toEqual([2, 2, 2, 2]);
});
