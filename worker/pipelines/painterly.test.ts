import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, describe, expect, test } from 'vitest';
import { readSettings } from '#lib/config/settings';
import { findModel } from '#lib/models/catalogue';
import { LOOKS } from '#lib/models/catalogue/style';
import { isPresent } from '#lib/models/weights';
import { painterly as declaration } from '#lib/pipelines/painterly';
import { drawnPhoto } from '#tests/photos';
import { composite, type Pixels, pixelsOf, psnr } from '#tests/pixels';
import { runPipeline } from '#tests/run-pipeline';
import { attemptStage, type Saved } from '#tests/stage-attempt';
import { temporaryFolder } from '#tests/temporary-folder';
import { createSessionCache } from '#worker/engines/onnx/sessions';
import { painterly } from './painterly.ts';
import { lightness } from './raster/colour.ts';

const PHOTO = '../shared/fixtures/photos/sharp_Landscape_9.jpg';
const MODELS = ['cartoongan', 'fastdepth', 'u2netp', 'migan'];
const { weightsDir } = readSettings(process.env);
const hasWeights = MODELS.every((id) => isPresent(weightsDir, findModel(id)!));
const sessions = createSessionCache({ provider: 'cpu', weightsDir, threads: 2 });

afterAll(() => sessions.release());

/** A photo file of that width. */
async function photoFile(width: number): Promise<string> {
  const path = join(temporaryFolder(), 'photo.png');
  await sharp(PHOTO).resize(width).png().toFile(path);
  return path;
}

async function drawnFile(width: number, height: number): Promise<string> {
  const path = join(temporaryFolder(), 'photo.jpg');
  await writeFile(path, (await drawnPhoto(width, height)).bytes);
  return path;
}

/** Grain that is alike everywhere, dark and red on the left, bright and blue on the right. */
async function texturedFile(width: number, height: number): Promise<string> {
  const path = join(temporaryFolder(), 'photo.png');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <defs><linearGradient id="light"><stop stop-color="#502010"/><stop offset="1" stop-color="#d0e0ff"/></linearGradient>
    <filter id="grain"><feTurbulence type="fractalNoise" baseFrequency="0.12" numOctaves="3" seed="5"/><feColorMatrix values="0 0 0 0 0  0 0 0 0 0  0 0 0 0 0  1.2 0 0 0 -0.2"/></filter></defs>
    <rect width="100%" height="100%" fill="url(#light)"/><rect width="100%" height="100%" filter="url(#grain)"/></svg>`;
  await sharp(Buffer.from(svg)).removeAlpha().png().toFile(path);
  return path;
}

interface Wanted {
  style?: string;
  strength?: number;
  seed?: number;
}

/** The file that the first stage paints. */
async function paint(
  path: string,
  params: Wanted,
  attempt?: { saved?: Saved; onStep?: (step: number) => void },
): Promise<Buffer> {
  const { width, height } = await sharp(path).metadata();
  const image = { path, sha256: '', width, height };
  const given = { params: declaration.params.parse(params), models: MODELS, inputs: { image }, sessions };
  return readFile(join(await attemptStage(painterly.stages['paint']!, given, attempt), 'painted.png'));
}

async function painted(path: string, params: Wanted): Promise<Pixels> {
  return pixelsOf(await paint(path, params));
}

test('every stage that is declared can be run, and no other', () => {
  expect(Object.keys(painterly.stages)).toEqual(declaration.stages.map(({ name }) => name));
});

describe.skipIf(!hasWeights || !existsSync(PHOTO))(
  'painterly (needs the weights and the shared photos)',
  () => {
    test('without strength the layers give the photo, and the manifest says what they were made with', async () => {
      const path = await photoFile(240);
      const params = { strength: 0, style: 'dream', seed: 7, num_layers: 3 };
      const folder = temporaryFolder();
      const { written, read } = await runPipeline('painterly', {
        images: { image: path },
        params,
        sessions,
        folder,
      });
      const photo = await pixelsOf(await readFile(path));
      expect((await pixelsOf(await read('painted.png'))).data).toEqual(photo.data);
      const layers = [...written.values()].filter(({ role }) => role === 'layer');
      const pixels = await Promise.all(layers.map(async ({ name }) => pixelsOf(await read(name))));
      expect(layers).toHaveLength(3);
      expect(psnr(composite(pixels), photo.data)).toBeGreaterThan(40);
      const manifest = JSON.parse(String(await read('layer_manifest.json')));
      expect(manifest).toMatchObject({ pipeline: 'painterly', params });
      const [style, ...others] = manifest.models;
      expect(style).toMatchObject({ id: 'cartoongan', task: 'style' });
      expect(others.map(({ task }: { task: string }) => task)).toEqual(['depth', 'matte', 'inpainting']);
    });

    test('each style is another, and none turns skies dark', async () => {
      const path = await photoFile(240);
      const { data: photo, width } = await pixelsOf(await readFile(path));
      // The upper rows are all sky, but for the top of the mountain.
      const sky = Array.from({ length: width * 20 }, (_, i) => i);
      const lightOf = (rgb: Uint8Array) => meanOf(sky.map((i) => lightness(rgb, i)));
      const pictures = new Map<string, Uint8Array>();
      for (const style of LOOKS) {
        const { data } = await painted(path, { style, strength: 1 });
        expect(psnr(data, photo), style).toBeLessThan(28);
        expect(lightOf(data), style).toBeGreaterThan(lightOf(photo) - 0.09);
        for (const [other, rival] of pictures) {
          expect(psnr(data, rival), `${style} ${other}`).toBeLessThan(30);
        }
        pictures.set(style, data);
      }
      const half = await painted(path, { style: 'skylight', strength: 0.5 });
      const blended = photo.map((value, at) => (value + pictures.get('skylight')![at]!) / 2);
      expect(psnr(half.data, blended)).toBeGreaterThan(50);
    });

    test('the same seed gives the same bytes', async () => {
      const path = await photoFile(100);
      const first = await paint(path, { strength: 1, seed: 3 });
      expect((await paint(path, { strength: 1, seed: 3 })).equals(first)).toBe(true);
    });
  },
);

describe.skipIf(!hasWeights)('tiles (need the weights)', () => {
  test('leave no seams', async () => {
    const path = await texturedFile(600, 64);
    const photo = await pixelsOf(await readFile(path));
    const { data, width, height } = await painted(path, { style: 'dream', strength: 1 });
    expect({ width, height }).toEqual({ width: 600, height: 64 });
    const change = changeByColumn(data, photo);
    for (const measure of [gradientAt, toneStepAt]) {
      const steps = Array.from({ length: 480 }, (_, i) => ({ x: i + 60, step: measure(change, i + 60) }));
      const [seam, elsewhere] = [true, false].map((wanted) =>
        steps.filter(({ x }) => isSeam(x) === wanted).map(({ step }) => step),
      );
      expect(Math.max(...seam!), measure.name).toBeLessThanOrEqual(1.05 * Math.max(...elsewhere!));
    }
  });

  test('of a run that is cut off are not painted again, and the file is the same', async () => {
    const path = await drawnFile(64, 600);
    const whole = await paint(path, { strength: 1 });
    const saved: Saved = { latest: null };
    const cutOff = paint(path, { strength: 1 }, { saved, onStep: (step) => step === 2 && stop() });
    await expect(cutOff).rejects.toThrow('cut off');
    const steps: number[] = [];
    const resumed = await paint(path, { strength: 1 }, { saved, onStep: (step) => steps.push(step) });
    expect(steps).toEqual([0, 2]);
    expect(resumed.equals(whole)).toBe(true);
  });
});

/** Whether two tiles of 300 pixels are blended there. */
function isSeam(x: number): boolean {
  return x >= 272 && x < 328;
}

type Column = number[];

/** For every column, what painting added: each row's red, green and blue. */
function changeByColumn(data: Uint8Array, { data: photo, width, height }: Pixels): Column[] {
  return Array.from({ length: width }, (_, x) =>
    Array.from({ length: height * 3 }, (_, i) => {
      const at = (Math.floor(i / 3) * width + x) * 3 + (i % 3);
      return data[at]! - photo[at]!;
    }),
  );
}

/** How much columns differ from the next, over sixteen of them. */
function gradientAt(columns: Column[], x: number): number {
  const next = columns.slice(x - 7, x + 9);
  const steps = next.map((column, i) =>
    meanOf(column.map((value, at) => Math.abs(value - columns[x - 8 + i]![at]!))),
  );
  return meanOf(steps);
}

/** How much the tone of sixteen columns differs from that of the sixteen before, in the channel where it does most. */
function toneStepAt(columns: Column[], x: number): number {
  const tone = (from: number, channel: number) =>
    meanOf(
      columns.slice(from, from + 16).map((column) => meanOf(column.filter((_, i) => i % 3 === channel))),
    );
  return Math.max(...[0, 1, 2].map((channel) => Math.abs(tone(x, channel) - tone(x - 16, channel))));
}

function meanOf(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function stop(): never {
  throw new Error('cut off');
}
