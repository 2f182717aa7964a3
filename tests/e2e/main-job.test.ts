import { createHash } from 'node:crypto';
import { initializeCanvas, readPsd } from 'ag-psd';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JobResource } from '#lib/jobs/resource';
import { findModel } from '#lib/models/catalogue';
import { drawnPhoto, hasSharedPhotos, sharedPhotos } from '../photos.ts';
import { composite, type Pixels, pixelsOf, psnr } from '../pixels.ts';
import type { Api, Photo } from './api.ts';
import { runningStudio } from './running.ts';
import type { Studio } from './studio.ts';

interface Manifest {
  layers: { file: string; sha256: string; coverage: number }[];
  models: { id: string; weights: { sha256: string }[] }[];
}

let studio: Studio;
let api: Api;

beforeAll(async () => {
  ({ studio, api } = await runningStudio());
});
afterAll(() => studio.dispose());

const isLayer = ({ role }: { role: string }) => role === 'layer';

function expectedLayers(count: number): string[] {
  const names = Array.from({ length: count }, (_, index) => `Layer_${index + 1}_midground.png`);
  names[0] = 'Layer_1_background.png';
  names[count - 1] = `Layer_${count}_foreground.png`;
  return names;
}

async function layersOf(job: JobResource): Promise<Pixels[]> {
  const names = job.outputs.filter(isLayer).map(({ name }) => name);
  return Promise.all(names.map(async (name) => pixelsOf(await api.output(job.id, name))));
}

async function expectLayeredPhoto(photo: Photo, count: number): Promise<void> {
  const accepted = await api.generate(photo, { num_layers: String(count) });
  expect(accepted).toMatchObject({ status: 'pending', params: { num_layers: count } });
  const job = await api.untilStatus(accepted.id, 'completed');
  expect(job.outputs.filter(isLayer).map(({ name }) => name)).toEqual(expectedLayers(count));
  await expectSoundLayers(photo, job);
  await expectSoundDepth(photo, job);
  await expectTrueManifest(job);
  await expectReadablePsd(job, count);
}

async function expectSoundLayers(photo: Photo, job: JobResource): Promise<void> {
  const original = await pixelsOf(photo.bytes);
  const layers = await layersOf(job);
  for (const { width, height, channels } of layers) {
    expect({ width, height, channels }).toEqual({
      width: original.width,
      height: original.height,
      channels: 4,
    });
  }
  expect(layers[0]!.data.every((value, at) => at % 4 !== 3 || value === 255)).toBe(true);
  expect(psnr(composite(layers), original.data)).toBeGreaterThanOrEqual(40);
  const composed = await pixelsOf(await api.output(job.id, 'composite.png'));
  expect(psnr(composed.data, original.data)).toBeGreaterThanOrEqual(40);
}

async function expectSoundDepth(photo: Photo, job: JobResource): Promise<void> {
  const { width, height } = await pixelsOf(photo.bytes);
  const depth = await api.output(job.id, 'depth.png');
  // The header of a PNG: width and height at 16, bit depth at 24, colour type (0 = grey) at 25.
  const header = [depth.readUInt32BE(16), depth.readUInt32BE(20), depth[24], depth[25]];
  expect(header).toEqual([width, height, 16, 0]);
}

async function expectTrueManifest(job: JobResource): Promise<void> {
  const manifest = JSON.parse((await api.output(job.id, 'layer_manifest.json')).toString()) as Manifest;
  expect(manifest.layers.map(({ file }) => file)).toEqual(
    job.outputs.filter(isLayer).map(({ name }) => name),
  );
  for (const { file, sha256 } of manifest.layers) {
    const bytes = await api.output(job.id, file);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
  }
  for (const { id, weights } of manifest.models) {
    const known = findModel(id)!.weights.map(({ sha256 }) => sha256);
    expect(weights.map(({ sha256 }) => sha256)).toEqual(known);
  }
  expect(manifest.models.length).toBeGreaterThanOrEqual(3);
}

function noCanvas(): never {
  expect.unreachable('No canvas is needed to read this.');
}

async function expectReadablePsd(job: JobResource, count: number): Promise<void> {
  initializeCanvas(noCanvas, (width, height) => {
    return {
      width,
      height,
      data: new Uint8ClampedArray(width * height * 4),
      colorSpace: 'srgb',
    } as ImageData;
  });
  const psd = readPsd(await api.output(job.id, 'layers.psd'), { useImageData: true });
  const names = expectedLayers(count).map((name) => name.replace('.png', ''));
  expect(psd.children?.map(({ name }) => name)).toEqual(names);
}

describe('a photo submitted over HTTP becomes layers', () => {
  test('a drawn one, in four layers', async () => {
    await expectLayeredPhoto(await drawnPhoto(), 4);
  });

  test.each([2, 8])('a drawn one, in %i layers', async (count) => {
    await expectLayeredPhoto(await drawnPhoto(400, 300), count);
  });

  test.skipIf(!hasSharedPhotos)('every photo beside the repository', async () => {
    for (const photo of await sharedPhotos()) await expectLayeredPhoto(photo, 4);
  });
});

test('metadata goes, and the orientation it asked for is applied', async () => {
  const { default: sharp } = await import('sharp');
  const { bytes } = await drawnPhoto(400, 300);
  const turned = await sharp(bytes)
    .withExif({ IFD0: { Artist: 'Somebody' } })
    .withMetadata({ orientation: 6 })
    .toBuffer();
  const { id } = await api.generate({ name: 'turned.jpg', type: 'image/jpeg', bytes: turned });
  const job = await api.untilStatus(id, 'completed');
  const result = await api.output(job.id, 'composite.png');
  const { width, height, exif } = await sharp(result).metadata();
  expect({ width, height, exif }).toEqual({ width: 300, height: 400, exif: undefined });
});

test('a running job says how far it is, and a finished one what it took', async () => {
  const { id } = await api.generate(await drawnPhoto());
  const running = await api.untilStage(id, 'fill');
  expect(running.progress.stages_done).toBe(2);
  expect(running.progress.value).toBeGreaterThan(0);
  const { metrics, progress } = await api.untilStatus(id, 'completed');
  expect(progress.value).toBe(1);
  expect(Object.keys(metrics!.stage_ms)).toEqual(['depth', 'cut', 'fill', 'compose']);
});
