import { writeFileSync } from 'node:fs';
import { copyFile, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { readSettings } from '#lib/config/settings';
import { findModel } from '#lib/models/catalogue';
import { downloadModels } from '#lib/models/download';
import type { Model } from '#lib/models/model';
import { isPresent, weightPath } from '#lib/models/weights';
import { painterly as declaration } from '#lib/pipelines/painterly';
import { lastingFolder } from '#tests/lasting-folder';
import { deadAddress, sendRange, serve, useRegistry } from '#tests/local-server';
import { composite, type Pixels, pixelsOf, psnr } from '#tests/pixels';
import { runPipeline } from '#tests/run-pipeline';
import { attemptStage, type Saved } from '#tests/stage-attempt';
import { temporaryFolder } from '#tests/temporary-folder';
import { keptShares, type Layout } from '#tests/tiny-diffusion/graphs';
import { NEW_LAYOUT, OLD_LAYOUT, tinyDiffusion } from '#tests/tiny-diffusion/tiny-diffusion';
import { targetOf } from '#tests/tiny-diffusion/words';
import { createSessionCache, type SessionCache } from '#worker/engines/onnx/sessions';
import { painterly } from './painterly.ts';

const added = vi.hoisted((): Model[] => []);

/** The catalogue, and the tiny models of this file. */
vi.mock('#lib/models/catalogue', async (load) => {
  const real = await load<typeof import('#lib/models/catalogue')>();
  const listModels = () => [...real.listModels(), ...added];
  return { ...real, listModels, findModel: (id: string) => listModels().find((model) => model.id === id) };
});

const LAYOUTS = {
  tiny: NEW_LAYOUT,
  // What the prompt says is all that the network knows.
  certain: { ...NEW_LAYOUT, spread: 0 },
  old: OLD_LAYOUT,
  unsure: { ...NEW_LAYOUT, encoder: { kind: 'parameters', logVariance: 4 } },
  distilled: { ...NEW_LAYOUT, spread: 0, isDistilled: true, timestep: { type: 'float32', isList: true } },
} satisfies Record<string, Layout>;

type Name = keyof typeof LAYOUTS;

let sessions: SessionCache;

const weightsDir = lastingFolder();

beforeAll(() => {
  for (const [name, layout] of Object.entries(LAYOUTS)) {
    const { model, files } = tinyDiffusion(name, layout);
    added.push(model);
    for (const weight of model.weights)
      writeFileSync(weightPath(weightsDir, weight), files.get(weight.name)!);
  }
  sessions = createSessionCache({ provider: 'cpu', weightsDir, threads: 2 });
});

afterAll(async () => {
  await sessions.release();
  await rm(weightsDir, { recursive: true });
});

interface Wanted {
  prompt?: string;
  negative_prompt?: string;
  strength?: number;
  seed?: number;
  steps?: number;
  guidance?: number;
  scheduler?: string;
}

const GREY = [140, 140, 140];

/** A picture file of one colour. */
async function plainFile(width: number, height: number, colour = GREY): Promise<string> {
  const path = join(temporaryFolder(), 'photo.png');
  const rgb = Uint8Array.from({ length: width * height * 3 }, (_, i) => colour[i % 3]!);
  await sharp(rgb, { raw: { width, height, channels: 3 } })
    .png()
    .toFile(path);
  return path;
}

interface Attempt {
  saved?: Saved;
  onStep?: (step: number) => void;
}

/** The file that the first stage paints. */
async function paint(path: string, model: Name, wanted: Wanted, attempt?: Attempt): Promise<Buffer> {
  const { width, height } = await sharp(path).metadata();
  const image = { path, sha256: '', width, height };
  const given = { params: declaration.params.parse(wanted), models: [model], inputs: { image }, sessions };
  return readFile(join(await attemptStage(painterly.stages['paint']!, given, attempt), 'painted.png'));
}

async function painted(path: string, model: Name, wanted: Wanted): Promise<Pixels> {
  return pixelsOf(await paint(path, model, wanted));
}

/** The 8-bit colour of latents, as the tiny decoder has it: half of them is -1..1. */
function colourOf(latents: readonly number[]): number[] {
  return latents.slice(0, 3).map((value) => Math.min(255, Math.max(0, (value / 2 + 1) * 127.5)));
}

function meanColour({ data }: Pixels): number[] {
  return [0, 1, 2].map((channel) => {
    const values = data.filter((_, i) => i % 3 === channel);
    return values.reduce((sum, value) => sum + value, 0) / values.length;
  });
}

function expectColour(colour: readonly number[], expected: readonly number[], within: number): void {
  colour.forEach((value, i) =>
    expect(Math.abs(value - expected[i]!), `channel ${i}`).toBeLessThanOrEqual(within),
  );
}

test('weights are fetched, held against their hashes, and paint what the prompt says', async () => {
  useRegistry(await deadAddress());
  const files = new Map<string, Uint8Array>();
  const url = await serve((request, response) => {
    const bytes = files.get(request.url!.slice(1));
    if (!bytes) return void response.writeHead(404).end();
    sendRange(Buffer.from(bytes), request, response);
  });
  const fetched = tinyDiffusion('fetched', LAYOUTS.certain, url);
  for (const [name, bytes] of fetched.files) files.set(name, bytes);
  added.push(fetched.model);
  const empty = temporaryFolder();
  await downloadModels([fetched.model], { weightsDir: empty, mirror: null });
  expect(isPresent(empty, fetched.model)).toBe(true);
  const own = createSessionCache({ provider: 'cpu', weightsDir: empty, threads: 2 });
  const path = await plainFile(768, 64);
  const image = { path, sha256: '', width: 512, height: 512 };
  const params = declaration.params.parse({ prompt: 'red', scheduler: 'euler', guidance: 1, steps: 4 });
  const given = { params, models: ['fetched'], inputs: { image }, sessions: own };
  const folder = await attemptStage(painterly.stages['paint']!, given);
  const result = await pixelsOf(await readFile(join(folder, 'painted.png')));
  expectColour(meanColour(result), colourOf(targetOf('red')), 1);
  await own.release();
});

test.each(['euler', 'euler-ancestral'])(
  'by %s, guidance goes from the negative prompt through the prompt, as often as it says',
  async (scheduler) => {
    const wanted = {
      prompt: 'old',
      negative_prompt: 'red',
      guidance: 1.5,
      steps: 6,
      strength: 0.7,
      scheduler,
    };
    const [towards, from] = [targetOf('old'), targetOf('red')];
    const expected = towards.map((value, i) => from[i]! + 1.5 * (value - from[i]!));
    expectColour(
      meanColour(await painted(await plainFile(768, 64), 'certain', wanted)),
      colourOf(expected),
      1,
    );
  },
);

test('a distilled network is told of guidance, and is not asked twice', async () => {
  const wanted = { prompt: 'old', negative_prompt: 'red', guidance: 3, scheduler: 'lcm', steps: 4 };
  // 128 waves from 2000 to 0.2, in sines and cosines, of which no guidance gives 128.
  const angles = Array.from({ length: 128 }, (_, i) => 2000 / 10_000 ** (i / 127));
  const told = angles.reduce((sum, angle) => sum + Math.sin(angle) + Math.cos(angle), 0);
  const expected = targetOf('old').map((value) => value + 0.01 * (told - 128));
  expectColour(
    meanColour(await painted(await plainFile(768, 64), 'distilled', wanted)),
    colourOf(expected),
    1,
  );
});

test('strength says how far the photo goes towards the prompt, along the way that is worked out', async () => {
  const path = await plainFile(512, 512);
  const kept = keptShares();
  const [steps, spread] = [50, LAYOUTS.tiny.spread];
  const target = targetOf('blue');
  const photo = GREY.map((value) => 2 * (value / 127.5 - 1));
  for (const strength of [0.2, 0.6, 1]) {
    const wanted = { prompt: 'blue', strength, guidance: 1, steps, scheduler: 'ddim' };
    const a = kept[Math.floor(steps * strength) * (1000 / steps) - 1000 / steps + 1]!;
    // How much of the distance to the prompt's latents is left of the way without noise, were the steps infinitely many.
    const left = (spread * Math.sqrt(a)) / Math.sqrt(a * spread ** 2 + 1 - a);
    const expected = photo.map((value, i) => target[i]! + left * (value - target[i]!));
    expectColour(meanColour(await painted(path, 'tiny', wanted)), colourOf(expected), 2.5);
  }
});

test('without strength the photo stays as it is, whatever the prompt', async () => {
  const path = await plainFile(90, 70);
  expect((await painted(path, 'tiny', { prompt: 'red', strength: 0 })).data).toEqual(
    (await pixelsOf(await readFile(path))).data,
  );
});

test('the same seed paints the same, also with an encoder that draws noise of its own, and another seed another', async () => {
  const path = await plainFile(768, 64);
  for (const model of ['old', 'unsure'] as const) {
    const wanted = { prompt: 'red', steps: 4, seed: 7, guidance: 1 };
    const first = await paint(path, model, wanted);
    expect((await paint(path, model, wanted)).equals(first), model).toBe(true);
    expect((await paint(path, model, { ...wanted, seed: 8 })).equals(first), model).toBe(false);
  }
});

test('graphs of 16-bit floats, lists of timesteps and short ids paint what the others do', async () => {
  const path = await plainFile(768, 64);
  const wanted = { prompt: 'red', steps: 8, strength: 0.6 };
  const [old, today] = [await painted(path, 'old', wanted), await painted(path, 'tiny', wanted)];
  expect(psnr(old.data, today.data)).toBeGreaterThan(45);
});

test('an attempt that is cut off is gone on with, and the file is the same', async () => {
  const path = await plainFile(600, 400);
  const wanted = { prompt: 'red', steps: 20, strength: 0.6, scheduler: 'euler-ancestral' };
  const whole = await paint(path, 'tiny', wanted);
  const saved: Saved = { latest: null };
  const cutOff = paint(path, 'tiny', wanted, { saved, onStep: (step) => step === 9 && stop() });
  await expect(cutOff).rejects.toThrow('cut off');
  const steps: number[] = [];
  const resumed = await paint(path, 'tiny', wanted, { saved, onStep: (step) => steps.push(step) });
  // Two of reading, twelve of denoising, of which five were saved, and two tiles of decoding.
  expect(steps).toEqual([0, 1, 7, 8, 9, 10, 11, 12, 13, 14, 15]);
  expect(resumed.equals(whole)).toBe(true);
});

const NETWORKS = ['fastdepth', 'u2netp', 'migan'];
const settings = readSettings(process.env);
const hasWeights = NETWORKS.every((id) => isPresent(settings.weightsDir, findModel(id)!));

describe.skipIf(!hasWeights)('the whole pipeline (needs the weights of the layers)', () => {
  test('cuts what was painted into layers, as ever', async () => {
    const { model, files } = tinyDiffusion('whole', LAYOUTS.tiny);
    added.push(model);
    const together = temporaryFolder();
    for (const weight of model.weights) writeFileSync(weightPath(together, weight), files.get(weight.name)!);
    for (const weight of NETWORKS.flatMap((id) => findModel(id)!.weights))
      await copyFile(weightPath(settings.weightsDir, weight), weightPath(together, weight));
    const own = createSessionCache({ provider: 'cpu', weightsDir: together, threads: 2 });
    const { written, read } = await runPipeline('painterly', {
      images: { image: await plainFile(240, 160) },
      params: { prompt: 'red', num_layers: 3, steps: 4 },
      model: 'whole',
      sessions: own,
      folder: temporaryFolder(),
    });
    const layers = [...written.values()].filter(({ role }) => role === 'layer');
    const pixels = await Promise.all(layers.map(async ({ name }) => pixelsOf(await read(name))));
    expect(layers).toHaveLength(3);
    const result = await pixelsOf(await read('painted.png'));
    expect(psnr(composite(pixels), result.data)).toBeGreaterThan(40);
    const manifest = JSON.parse(String(await read('layer_manifest.json')));
    expect(manifest).toMatchObject({ params: { prompt: 'red', steps: 4 } });
    expect(manifest.models[0]).toMatchObject({ id: 'whole', task: 'style' });
    await own.release();
  });
});

function stop(): never {
  throw new Error('cut off');
}
