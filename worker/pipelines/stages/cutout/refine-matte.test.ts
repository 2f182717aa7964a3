import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { drawKnownCutout, type KnownCutout } from '#tests/cutouts/known-cutout';
import { edgeError, type Mask, outlineAgreement } from '#tests/cutouts/measures';
import { enlarge } from '#worker/pipelines/raster/resample';
import type { Plane } from '#worker/pipelines/raster/size';
import { matteAtFullSize } from './full-size.ts';
import { refineMatte } from './refine-matte.ts';

/** What a network would give at best: the truth, small and blurred. */
async function coarseMatte({ width, height, opacity }: KnownCutout): Promise<Plane> {
  const data = await sharp(opacity, { raw: { width, height, channels: 1 } })
    .resize(320, 320, { fit: 'fill' })
    .blur(1.5)
    .extractChannel(0)
    .raw()
    .toBuffer();
  return { width: 320, height: 320, data: Float32Array.from(data, (value) => value / 255) };
}

describe.each([
  { name: 'at the size edges are solved at', width: 800, height: 600 },
  { name: 'larger than that', width: 1600, height: 1200 },
])('a coarse matte of a shaggy animal, $name', ({ width, height }) => {
  test('gets the edges that the photo has, and its hairs', async () => {
    const known = await drawKnownCutout(width, height);
    const truth: Mask = { width, height, data: known.opacity };
    const coarse = await coarseMatte(known);
    const data = Uint8Array.from(enlarge(coarse, known).data, (value) => Math.round(255 * value));
    const before: Mask = { width, height, data };
    const after: Mask = { width, height, data: matteAtFullSize(await refineMatte(coarse, known), known) };
    const reach = Math.round(width / 50);
    expect(edgeError(after, truth, reach)).toBeLessThan(4);
    expect(outlineAgreement(after, truth, 1)).toBeGreaterThan(0.97);
    expect(edgeError(before, truth, reach)).toBeGreaterThan(20);
    expect(outlineAgreement(before, truth, 1)).toBeLessThan(0.5);
  });
});

test('what is plainly subject or background stays so', async () => {
  const known = await drawKnownCutout(400, 300);
  const matte = { width: 40, height: 30, data: new Float32Array(1200).fill(1) };
  const mask = matteAtFullSize(await refineMatte(matte, known), known);
  expect(mask.every((value) => value === 255)).toBe(true);
});
