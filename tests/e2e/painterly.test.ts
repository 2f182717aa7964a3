import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cartoonGan } from '#lib/models/catalogue/style';
import { drawnPhoto, hasSharedPhotos, sharedPhotos } from '../photos.ts';
import { composite, pixelsOf, psnr } from '../pixels.ts';
import type { Api } from './api.ts';
import { runningStudio } from './running.ts';
import type { Studio } from './studio.ts';

let studio: Studio;
let api: Api;

beforeAll(async () => {
  ({ studio, api } = await runningStudio());
});
afterAll(() => studio.dispose());

async function smallPhoto() {
  const photo = hasSharedPhotos ? (await sharedPhotos())[0]! : await drawnPhoto();
  const bytes = await sharp(photo.bytes).resize(300).png().toBuffer();
  return { name: 'small.png', type: 'image/png', bytes };
}

test('a photo becomes painted layers, and the manifest says by which networks', async () => {
  const photo = await smallPhoto();
  const fields = { pipeline: 'painterly', style: 'summer', strength: '1', num_layers: '3' };
  const { id, params } = await api.generate(photo, fields);
  expect(params).toMatchObject({ style: 'summer', strength: 1, num_layers: 3, seed: 42 });
  const job = await api.untilStatus(id, 'completed');
  const layers = job.outputs.filter(({ role }) => role === 'layer').map(({ name }) => name);
  expect(layers).toEqual(['Layer_1_background.png', 'Layer_2_midground.png', 'Layer_3_foreground.png']);
  const names = job.outputs.map(({ name }) => name);
  expect(names).toEqual(
    expect.arrayContaining(['layer_manifest.json', 'composite.png', 'layers.psd', 'depth.png']),
  );
  const original = await pixelsOf(photo.bytes);
  const pixels = await Promise.all(layers.map(async (name) => pixelsOf(await api.output(id, name))));
  for (const { width, height, channels } of pixels) {
    expect({ width, height, channels }).toEqual({
      width: original.width,
      height: original.height,
      channels: 4,
    });
  }
  const whole = await pixelsOf(await api.output(id, 'composite.png'));
  expect(psnr(composite(pixels), whole.data)).toBeGreaterThan(45);
  expect(psnr(whole.data, original.data)).toBeLessThan(28);
  expect(psnr(whole.data, original.data)).toBeGreaterThan(12);
  const manifest = JSON.parse(String(await api.output(id, 'layer_manifest.json')));
  expect(manifest.params).toMatchObject(params);
  expect(manifest.models.map(({ task }: { task: string }) => task)).toEqual([
    'style',
    'depth',
    'matte',
    'inpainting',
  ]);
  expect(manifest.models[0]).toEqual({
    id: 'cartoongan',
    task: 'style',
    weights: cartoonGan.weights.map(({ name, sha256 }) => ({ name, sha256 })),
  });
});

test('a style that is none is refused, with those that are', async () => {
  const answer = await api.submit(await smallPhoto(), { pipeline: 'painterly', style: 'cubism' });
  expect(answer.status).toBe(422);
  const { errors } = (await answer.json()) as { errors: unknown[] };
  expect(errors).toEqual([
    expect.objectContaining({
      pointer: '/style',
      allowed: { enum: ['skylight', 'meadow', 'summer', 'dream'] },
    }),
  ]);
});
