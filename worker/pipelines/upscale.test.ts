import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, describe, expect, test } from 'vitest';
import { readSettings } from '#lib/config/settings';
import { findModel } from '#lib/models/catalogue';
import { isPresent } from '#lib/models/weights';
import { upscale as declaration } from '#lib/pipelines/upscale';
import { bicubic } from '#tests/bicubic';
import { drawnPhoto } from '#tests/photos';
import { type Pixels, pixelsOf, psnr } from '#tests/pixels';
import { runPipeline } from '#tests/run-pipeline';
import { attemptStage, type Saved } from '#tests/stage-attempt';
import { temporaryFolder } from '#tests/temporary-folder';
import { createSessionCache } from '#worker/engines/onnx/sessions';
import { upscale } from './upscale.ts';

const PHOTOS = '../shared/fixtures/photos';
const MODELS = ['esrgan-medium', 'real-esrgan-x2'];
const { weightsDir } = readSettings(process.env);
const hasWeights = MODELS.every((id) => isPresent(weightsDir, findModel(id)!));
const sessions = createSessionCache({ provider: 'cpu', weightsDir, threads: 2 });

afterAll(() => sessions.release());

interface Wanted {
  model?: string;
  factor?: number;
}

async function enlarged(
  image: string | Buffer,
  { model = 'esrgan-medium', factor = 2 }: Wanted,
): Promise<Pixels> {
  const folder = temporaryFolder();
  const path = typeof image === 'string' ? image : join(folder, 'photo.png');
  if (typeof image !== 'string') await writeFile(path, image);
  const { read } = await runPipeline('upscale', {
    images: { image: path },
    params: { factor },
    model,
    sessions,
    folder,
  });
  return pixelsOf(await read('upscaled.png'));
}

/** Mean length of the gradient of green. */
function sharpness({ data, width, height, channels }: Pixels): number {
  let sum = 0;
  for (let y = 0; y + 1 < height; y++) {
    for (let x = 0; x + 1 < width; x++) {
      const i = (y * width + x) * channels + 1;
      sum += Math.hypot(data[i + channels]! - data[i]!, data[i + width * channels]! - data[i]!);
    }
  }
  return sum / ((width - 1) * (height - 1));
}

const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;

const ORANGE_DISC = [240, 130, 20, 255];
const CLEAR_GREEN = [0, 255, 0, 0];

function distanceFromMiddle(pixel: number, { width, height }: { width: number; height: number }): number {
  return Math.hypot((pixel % width) - (width - 1) / 2, Math.floor(pixel / width) - (height - 1) / 2);
}

/** A part of a photo, and the same shrunk. */
async function photoAndSmall(path: string, factor: number, { width, height } = { width: 192, height: 128 }) {
  const upright = await sharp(path).autoOrient().removeAlpha().toBuffer();
  const { info } = await sharp(upright).toBuffer({ resolveWithObject: true });
  const [left, top] = [Math.floor((info.width - width) / 2), Math.floor((info.height - height) / 2)];
  const photo = await sharp(upright).extract({ left, top, width, height }).png().toBuffer();
  return {
    photo: await pixelsOf(photo),
    small: await sharp(photo)
      .resize(width / factor)
      .png()
      .toBuffer(),
  };
}

const names = [
  'sharp_Landscape_9.jpg',
  'skimage_astronaut.png',
  'skimage_chelsea.png',
  'skimage_coffee.png',
  'skimage_rocket.jpg',
];
const runs = [
  ...names.flatMap((name) => [2, 4].map((factor) => ({ name, factor, model: 'esrgan-medium', least: 0 }))),
  ...[2, 4].map((factor) => ({ name: 'skimage_chelsea.png', factor, model: 'real-esrgan-x2', least: -1 })),
];

describe.skipIf(!hasWeights || !existsSync(PHOTOS))(
  'against bicubic (needs weights and the shared photos)',
  () => {
    test.each(runs)('$model, x$factor: $name comes out sharper and as near to the photo', async (run) => {
      const { photo, small } = await photoAndSmall(join(PHOTOS, run.name), run.factor);
      const result = await enlarged(small, run);
      expect(result).toMatchObject({ width: photo.width, height: photo.height, channels: 3 });
      const rival = bicubic(await pixelsOf(small), run.factor);
      expect(psnr(result.data, photo.data)).toBeGreaterThan(psnr(rival.data, photo.data) + run.least);
      expect(sharpness(result)).toBeGreaterThan(1.1 * sharpness(rival));
    });
  },
);

describe.skipIf(!hasWeights)('upscale (needs the weights)', () => {
  test('tiles leave no seams', async () => {
    const { bytes } = await drawnPhoto(400, 96);
    const { data, width, height } = await enlarged(Buffer.from(bytes), {});
    const steps = Float64Array.from({ length: width - 1 }, (_, x) => {
      let sum = 0;
      for (let y = 0; y < height; y++)
        sum += Math.abs(data[(y * width + x + 1) * 3 + 1]! - data[(y * width + x) * 3 + 1]!);
      return sum / height;
    });
    // Two tiles of 200 pixels, blended over six on either side.
    const [seam, around] = [steps.slice(388, 412), steps.slice(300, 500)];
    expect(mean(seam)).toBeLessThan(1.1 * mean(around));
    expect(Math.max(...seam)).toBeLessThanOrEqual(Math.max(...around));
  });

  test('opacity is kept, and what lies under clear pixels does not bleed into what shows', async () => {
    const [width, height] = [64, 48];
    const disc = Uint8Array.from({ length: width * height * 4 }, (_, at) => {
      const isInside = distanceFromMiddle(Math.floor(at / 4), { width, height }) < 18;
      return (isInside ? ORANGE_DISC : CLEAR_GREEN)[at % 4]!;
    });
    const photo = await sharp(disc, { raw: { width, height, channels: 4 } })
      .png()
      .toBuffer();
    const result = await enlarged(photo, {});
    expect(result).toMatchObject({ width: 128, height: 96, channels: 4 });
    const pixels = Array.from({ length: 128 * 96 }, (_, i) => ({
      distance: distanceFromMiddle(i, result),
      rgba: [...result.data.subarray(i * 4, i * 4 + 4)],
    }));
    const inside = pixels.filter(({ distance }) => distance < 31);
    expect(inside.every(({ rgba }) => rgba[3] === 255)).toBe(true);
    const outside = pixels.filter(({ distance }) => distance > 40);
    expect(outside.every(({ rgba }) => rgba[3] === 0)).toBe(true);
    const area = pixels.reduce((sum, { rgba }) => sum + rgba[3]! / 255, 0);
    expect(area / (Math.PI * 36 ** 2)).toBeCloseTo(1, 1);
    const shown = pixels.filter(({ rgba }) => rgba[3]! > 0);
    const offColour = shown.map(({ rgba }) =>
      Math.max(...[0, 1, 2].map((c) => Math.abs(rgba[c]! - ORANGE_DISC[c]!))),
    );
    expect(Math.max(...offColour)).toBeLessThan(12);
  });

  test('a photo that lies on its side is turned upright', async () => {
    const { bytes } = await drawnPhoto(80, 64);
    const turned = await sharp(bytes).withMetadata({ orientation: 6 }).toBuffer();
    const result = await enlarged(turned, {});
    expect(result).toMatchObject({ width: 128, height: 160, channels: 3 });
    expect(
      psnr((await enlarged(await sharp(turned).autoOrient().png().toBuffer(), {})).data, result.data),
    ).toBe(Infinity);
  });

  test('a run that is cut off goes on at the row of tiles it was in, to the same file', async () => {
    const path = join(temporaryFolder(), 'photo.png');
    const { bytes } = await drawnPhoto(48, 560);
    await sharp(bytes).ensureAlpha(0.5).png().toFile(path);
    const whole = await attempt(path, { latest: null });
    const saved: Saved = { latest: null };
    const cutOff = attempt(path, saved, (step) => {
      if (step === 2) throw new Error('cut off');
    });
    await expect(cutOff).rejects.toThrow('cut off');
    const steps: number[] = [];
    const resumed = await attempt(path, saved, (step) => void steps.push(step));
    expect(steps).toEqual([2]);
    expect(resumed.equals(whole)).toBe(true);
  });
});

async function attempt(path: string, saved: Saved, onStep?: (step: number) => void): Promise<Buffer> {
  const image = { path, sha256: '', width: 48, height: 560 };
  const given = {
    params: declaration.params.parse({}),
    models: ['esrgan-medium'],
    inputs: { image },
    sessions,
  };
  const outDir = await attemptStage(upscale.stages['enlarge']!, given, { saved, onStep });
  return readFile(join(outDir, 'upscaled.png'));
}
