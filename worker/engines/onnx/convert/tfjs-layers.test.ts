import { existsSync } from 'node:fs';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { readSettings } from '#lib/config/settings';
import { esrganMedium } from '#lib/models/catalogue/super-resolution';
import { isPresent } from '#lib/models/weights';
import { bicubic } from '#tests/bicubic';
import { pixelsOf, psnr } from '#tests/pixels';
import { createSessionCache } from '../sessions.ts';
import { convertLayers } from './tfjs-layers.ts';
import type { TfjsWeight } from './tfjs-weights.ts';

/** A layer of a small model: its kind, its settings and the layers it reads. */
interface Given {
  kind: string;
  config?: object;
  inputs?: string[];
}

/** A Keras model of an input of three channels, and layers by name; the last is its output. */
function modelOf(layers: Record<string, Given>) {
  const entries = Object.entries({ photo: { kind: 'InputLayer' } as Given, ...layers });
  const described = entries.map(([name, { kind, config = {}, inputs = ['photo'] }]) => ({
    class_name: kind,
    name,
    config,
    inbound_nodes: kind === 'InputLayer' ? [] : [inputs.map((input) => [input, 0, 0, {}])],
  }));
  const [last] = entries.at(-1)!;
  const config = { layers: described, input_layers: [['photo', 0, 0]], output_layers: [[last, 0, 0]] };
  return { model_config: { class_name: 'Functional', config } };
}

async function run(
  layers: Record<string, Given>,
  input: { values: number[]; width: number; height: number },
  weights: Record<string, TfjsWeight> = {},
) {
  const bytes = convertLayers({ topology: modelOf(layers), weights: new Map(Object.entries(weights)) });
  const session = await InferenceSession.create(bytes);
  const { values, width, height } = input;
  const results = await session.run({
    photo: new Tensor('float32', Float32Array.from(values), [1, 3, height, width]),
  });
  const result = results[session.outputNames[0]!]!;
  return { dims: [...result.dims], values: [...(result.data as Float32Array)] };
}

const CONVOLUTION = {
  activation: 'linear',
  data_format: 'channels_last',
  dilation_rate: [1, 1],
  groups: 1,
  padding: 'same',
  strides: [1, 1],
  use_bias: true,
};

/** Two pixels, each three times as wide. */
const grown = (left: number, right: number) => [left, left, left, right, right, right];

/** Two pixels beside each other: red 1 and 2, green 10 and 20, blue -100 and -200. */
const TWO_PIXELS = { values: [1, 2, 10, 20, -100, -200], width: 2, height: 1 };

test('a convolution sees its neighbours through a kernel of height, width, from and to; outside is nothing', async () => {
  const values = new Float32Array(3 * 3 * 3);
  // [row, column, channel, 0]: the middle of red, the right of green, the left of blue.
  values[(1 * 3 + 1) * 3] = 1;
  values[(1 * 3 + 2) * 3 + 1] = 1;
  values[(1 * 3 + 0) * 3 + 2] = 0.5;
  const weights = {
    'sum/kernel': { shape: [3, 3, 3, 1], values },
    'sum/bias': { shape: [1], values: Float32Array.of(7) },
  };
  const linear = await run({ sum: { kind: 'Conv2D', config: CONVOLUTION } }, TWO_PIXELS, weights);
  expect(linear).toEqual({ dims: [1, 1, 1, 2], values: [1 + 20 + 7, 2 - 50 + 7] });
  const relu = { sum: { kind: 'Conv2D', config: { ...CONVOLUTION, activation: 'relu' } } };
  expect((await run(relu, TWO_PIXELS, weights)).values).toEqual([28, 0]);
});

test('a convolution without padding gives fewer pixels', async () => {
  const weights = {
    'mean/kernel': { shape: [1, 2, 3, 2], values: Float32Array.of(1, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0) },
    'mean/bias': { shape: [2], values: Float32Array.of(0, 1) },
  };
  const layers = { mean: { kind: 'Conv2D', config: { ...CONVOLUTION, padding: 'valid' } } };
  expect(await run(layers, TWO_PIXELS, weights)).toEqual({ dims: [1, 2, 1, 1], values: [1 + 2, 20 + 1] });
});

test('layers add up, stand beside each other by channel, lose what is negative, and grow by whole pixels', async () => {
  const layers = {
    clipped: { kind: 'Activation', config: { activation: 'relu' } },
    sum: { kind: 'Add', inputs: ['photo', 'clipped', 'photo'] },
    both: { kind: 'Concatenate', config: { axis: 3 }, inputs: ['sum', 'clipped'] },
    grown: {
      kind: 'UpSampling2D',
      config: { data_format: 'channels_last', interpolation: 'nearest', size: [2, 3] },
      inputs: ['both'],
    },
  };
  const { dims, values } = await run(layers, TWO_PIXELS);
  expect(dims).toEqual([1, 6, 2, 6]);
  const channels = [grown(3, 6), grown(30, 60), grown(-200, -400), grown(1, 2), grown(10, 20), grown(0, 0)];
  expect(values).toEqual(channels.flatMap((row) => [...row, ...row]));
});

test.each([
  [{ twist: { kind: 'PixelShuffle2x' } }, 'layer twist is a PixelShuffle2x'],
  [{ curve: { kind: 'Activation', config: { activation: 'gelu' } } }, 'layer curve has settings'],
  [{ sum: { kind: 'Conv2D', config: { ...CONVOLUTION, strides: [2, 2] } } }, 'layer sum has settings'],
  [{ sum: { kind: 'Conv2D', config: CONVOLUTION } }, 'layer sum has no kernel'],
])('what is not known is refused by name: %j', (layers, reason) => {
  const convert = () => convertLayers({ topology: modelOf(layers), weights: new Map() });
  expect(convert).toThrow(expect.objectContaining({ code: 'model_unfit' }));
  expect(convert).toThrow(reason);
});

const { weightsDir } = readSettings(process.env);
const PHOTO = '../shared/fixtures/photos/skimage_chelsea.png';
const canRun = isPresent(weightsDir, esrganMedium) && existsSync(PHOTO);

describe.skipIf(!canRun)('a real network (needs the weights and the shared photos)', () => {
  test('gives a shrunk photo back about as well as bicubic interpolation', async () => {
    const size = { width: 192, height: 128 };
    const photo = await sharp(PHOTO)
      .removeAlpha()
      .extract({ left: 80, top: 40, ...size })
      .png()
      .toBuffer();
    const small = await sharp(photo)
      .resize(size.width / 2)
      .png()
      .toBuffer();
    const { data, width, height } = await pixelsOf(small);
    const planes = Float32Array.from(
      data,
      (_, i) => data[(i % (width * height)) * 3 + Math.floor(i / (width * height))]!,
    );
    const sessions = createSessionCache({ provider: 'cpu', weightsDir, threads: 2 });
    const session = await sessions.open('esrgan-medium');
    const input = new Tensor('float32', planes, [1, 3, height, width]);
    const result = (await session.run({ [session.inputNames[0]!]: input }))[session.outputNames[0]!]!;
    await sessions.release();
    expect(result.dims).toEqual([1, 3, size.height, size.width]);
    const area = size.width * size.height;
    const values = result.data as Float32Array;
    const enlarged = Uint8ClampedArray.from(
      { length: area * 3 },
      (_, i) => values[(i % 3) * area + Math.floor(i / 3)]!,
    );
    const original = (await pixelsOf(photo)).data;
    const rival = psnr(bicubic(await pixelsOf(small), 2).data, original);
    expect(psnr(enlarged, original)).toBeGreaterThan(rival - 0.5);
  });
});
