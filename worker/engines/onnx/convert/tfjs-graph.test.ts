import { existsSync } from 'node:fs';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { readSettings } from '#lib/config/settings';
import { cartoonGan, LOOKS } from '#lib/models/catalogue/style';
import { isPresent } from '#lib/models/weights';
import { pixelsOf } from '#tests/pixels';
import { createSessionCache } from '../sessions.ts';
import { convertGraph } from './tfjs-graph.ts';
import type { TfjsWeight } from './tfjs-weights.ts';

interface Operation {
  op: string;
  input?: string[];
  attr?: object;
}

const text = (value: string) => ({ s: [...Buffer.from(value)] });
const list = (...values: number[]) => ({ list: { s: [], i: values.map(String) } });
const CONVOLUTION = {
  data_format: text('NHWC'),
  padding: text('VALID'),
  dilations: list(1, 1, 1, 1),
  strides: list(1, 1, 1, 1),
};
const SLICE = { begin_mask: {}, end_mask: {}, ellipsis_mask: {}, new_axis_mask: {}, shrink_axis_mask: {} };
const dimension = (size: number) => ({ size: String(size) });

/** A graph of an input called photo of so many channels, and operations by name; the last one's result is its own. */
function modelOf(
  operations: Record<string, Operation>,
  weights: Record<string, TfjsWeight>,
  channels: number,
) {
  const shape = { shape: { dim: [-1, -1, -1, channels].map(dimension) } };
  const all = { photo: { op: 'Placeholder', attr: { shape, dtype: { type: 1 } } }, ...operations };
  const node = Object.entries(all).map(([name, operation]) => ({ name, ...operation }));
  return { topology: { node, versions: {} }, weights: new Map(Object.entries(weights)) };
}

interface Given {
  /** Channel by channel. */
  photo: number[];
  channels?: number;
  width: number;
  height: number;
  weights?: Record<string, TfjsWeight>;
}

async function run(
  operations: Record<string, Operation>,
  { photo, channels = 1, width, height, weights = {} }: Given,
) {
  const session = await InferenceSession.create(convertGraph(modelOf(operations, weights, channels)));
  const input = new Tensor('float32', Float32Array.from(photo), [1, channels, height, width]);
  const result = (await session.run({ photo: input }))[session.outputNames[0]!]!;
  return { dims: [...result.dims], values: [...(result.data as Float32Array)] };
}

function weight(shape: number[], ...values: number[]): TfjsWeight {
  return { shape, values: Float32Array.from(values) };
}

test('Conv2D and BiasAdd: a kernel of height, width, from and to, at every other column', async () => {
  // Two rows of three pixels: red 1..6, green ten times as much. To the first: red + the green below it; to the second: -red.
  const kernel = weight([2, 1, 2, 2], 1, -1, 0, 0, 0, 0, 1, 0);
  const operations = {
    sum: { op: 'Conv2D', input: ['photo', 'kernel'], attr: { ...CONVOLUTION, strides: list(1, 1, 2, 1) } },
    more: { op: 'BiasAdd', input: ['sum', 'bias'], attr: { data_format: text('NHWC') } },
  };
  const photo = [1, 2, 3, 4, 5, 6, 10, 20, 30, 40, 50, 60];
  const weights = { kernel, bias: weight([2], 0.5, 100) };
  expect(await run(operations, { photo, channels: 2, width: 3, height: 2, weights })).toEqual({
    dims: [1, 2, 1, 2],
    values: [1 + 40 + 0.5, 3 + 60 + 0.5, 100 - 1, 100 - 3],
  });
});

test('Conv2DBackpropInput: every pixel lays its kernel down, two apart; the stated size is not needed', async () => {
  // [row, column, to, from]
  const kernel = weight([1, 3, 2, 1], 1, 10, 2, 20, 3, 30);
  const size = { op: 'Shape', input: ['photo'] };
  const operations = {
    size,
    grown: {
      op: 'Conv2DBackpropInput',
      input: ['size', 'kernel', 'photo'],
      attr: { ...CONVOLUTION, strides: list(1, 1, 2, 1) },
    },
  };
  const row = [1, 2, 3 + 5, 10, 15];
  expect(await run(operations, { photo: [1, 5], width: 2, height: 1, weights: { kernel } })).toEqual({
    dims: [1, 2, 1, 5],
    values: [...row, ...row.map((value) => value * 10)],
  });
});

test('Pad and StridedSlice: rows and columns, before and behind', async () => {
  const operations = {
    padded: { op: 'Pad', input: ['photo', 'paddings'] },
    cut: {
      op: 'StridedSlice',
      input: ['padded', 'begin', 'end', 'steps'],
      attr: { ...SLICE, end_mask: { i: '3' } },
    },
  };
  const weights = {
    paddings: weight([4, 2], 0, 0, 2, 0, 0, 1, 0, 0),
    begin: weight([3], 0, 1, 1),
    end: weight([3], 0, 0, 3),
    steps: weight([3], 1, 1, 1),
  };
  // Two empty rows above and an empty column on the right; then without the first row and the first column.
  expect(await run(operations, { photo: [1, 2, 3, 4], width: 2, height: 2, weights })).toEqual({
    dims: [1, 1, 3, 2],
    values: [0, 0, 2, 0, 4, 0],
  });
});

test('Add, Relu and Tanh', async () => {
  const operations = {
    positive: { op: 'Relu', input: ['photo'] },
    sum: { op: 'Add', input: ['photo', 'positive'] },
    bent: { op: 'Tanh', input: ['sum'] },
  };
  const { values } = await run(operations, { photo: [-1, 0, 0.5], width: 3, height: 1 });
  expect(values).toEqual([-1, 0, 1].map((value) => expect.closeTo(Math.tanh(value), 6)));
});

/** As TensorFlow writes it; `axes` are those that it goes over. */
const NORMALISATION = {
  mean: { op: 'Mean', input: ['photo', 'axes'], attr: { keep_dims: { b: true } } },
  squares: { op: 'SquaredDifference', input: ['photo', 'mean'] },
  variance: { op: 'Mean', input: ['squares', 'axes'], attr: { keep_dims: { b: true } } },
  stable: { op: 'Add', input: ['variance', 'epsilon'] },
  inverse: { op: 'Rsqrt', input: ['stable'] },
  factor: { op: 'Mul', input: ['inverse', 'scale'] },
  scaled: { op: 'Mul', input: ['photo', 'factor'] },
  drift: { op: 'Mul', input: ['mean', 'factor'] },
  shift: { op: 'Sub', input: ['offset', 'drift'] },
  normal: { op: 'Add', input: ['scaled', 'shift'] },
};
const NORMAL_WEIGHTS = {
  axes: weight([2], 1, 2),
  epsilon: weight([], 0.75),
  scale: weight([2], 2, 1),
  offset: weight([2], 100, -1),
};

test('instance normalisation in ten operations: each channel by its own mean and variance', async () => {
  const photo = [1, 2, 3, 4, 7, 7, 7, 7];
  const given = { photo, channels: 2, width: 2, height: 2, weights: NORMAL_WEIGHTS };
  // Mean 2.5 and variance 1.25, and so 2 / sqrt(1.25 + 0.75); the second channel is its mean.
  const expected = [-1.5, -0.5, 0.5, 1.5].map((value) => 100 + (2 * value) / Math.SQRT2);
  const { values } = await run(NORMALISATION, given);
  expect(values).toEqual([...expected, -1, -1, -1, -1].map((value) => expect.closeTo(value, 4)));
});

describe('what is not known is refused by name:', () => {
  const convolved = { op: 'Conv2D', input: ['photo', 'kernel'], attr: CONVOLUTION };
  const weights = { ...NORMAL_WEIGHTS, kernel: weight([1, 1, 1, 1], 1) };
  const cases: { broken: string; operations: Record<string, Operation>; reason: string }[] = [
    {
      broken: 'an unknown operation',
      operations: { twist: { op: 'Einsum', input: ['photo'] } },
      reason: 'does not know the operation Einsum (twist)',
    },
    {
      broken: 'another padding',
      operations: { sum: { ...convolved, attr: { ...CONVOLUTION, padding: text('SAME') } } },
      reason: 'its Conv2D sum is set in another way',
    },
    {
      broken: 'weights that are not there',
      operations: { sum: { ...convolved, input: ['photo', 'kernels'] } },
      reason: 'its weights kernels are missing',
    },
    {
      broken: 'an operation that is not there',
      operations: { sum: { op: 'Add', input: ['photo', 'picture'] } },
      reason: 'its operation picture is missing',
    },
    {
      broken: 'two ends',
      operations: { one: convolved, other: convolved },
      reason: 'it gives 2 results instead of one',
    },
    {
      broken: 'a circle',
      operations: {
        first: { op: 'Add', input: ['photo', 'second'] },
        second: { op: 'Relu', input: ['first'] },
        last: { op: 'Relu', input: ['second'] },
      },
      reason: 'reads its own result',
    },
    {
      broken: 'a normalisation by the mean of something else',
      operations: {
        ...NORMALISATION,
        other: { op: 'Relu', input: ['photo'] },
        mean: { ...NORMALISATION.mean, input: ['other', 'axes'] },
      },
      reason: 'does not know the operation Mul (scaled)',
    },
  ];
  test.each(cases)('$broken', ({ operations, reason }) => {
    const convert = () => convertGraph(modelOf(operations, weights, 1));
    expect(convert).toThrow(expect.objectContaining({ code: 'model_unfit' }));
    expect(convert).toThrow(reason);
  });

  test('no graph at all', () => {
    expect(() => convertGraph({ topology: { model_config: {} }, weights: new Map() })).toThrow(
      'its topology is not a graph of operations',
    );
  });
});

const { weightsDir } = readSettings(process.env);
const PHOTO = '../shared/fixtures/photos/skimage_coffee.png';
const canRun = isPresent(weightsDir, cartoonGan) && existsSync(PHOTO);

describe.skipIf(!canRun)('the real networks (need the weights and the shared photos)', () => {
  test('each gives a picture of the photo, none the same', async () => {
    const sessions = createSessionCache({ provider: 'cpu', weightsDir, threads: 2 });
    const size = { width: 120, height: 80 };
    const { data } = await pixelsOf(await sharp(PHOTO).removeAlpha().resize(size).png().toBuffer());
    const area = size.width * size.height;
    const light = Float32Array.from(
      { length: area },
      (_, i) => data[i * 3]! + data[i * 3 + 1]! + data[i * 3 + 2]!,
    );
    const planes = Float32Array.from(
      { length: 3 * area },
      (_, i) => data[(i % area) * 3 + 2 - Math.floor(i / area)]!,
    );
    const results: Float32Array[] = [];
    for (const look of LOOKS) {
      const session = await sessions.open('cartoongan', look);
      const input = new Tensor('float32', planes, [1, 3, size.height, size.width]);
      const output = (await session.run({ [session.inputNames[0]!]: input }))[session.outputNames[0]!]!;
      expect(output.dims).toEqual([1, 3, size.height, size.width]);
      const values = output.data as Float32Array;
      expect(Math.max(...values)).toBeLessThanOrEqual(1);
      expect(Math.min(...values)).toBeGreaterThanOrEqual(-1);
      const painted = light.map((_, i) => values[i]! + values[i + area]! + values[i + 2 * area]!);
      expect(correlation(painted, light)).toBeGreaterThan(0.85);
      results.push(painted);
    }
    for (const [i, painted] of results.entries()) {
      for (const other of results.slice(i + 1)) expect(correlation(painted, other)).toBeLessThan(0.995);
    }
    await sessions.release();
  });
});

/** Pearson's. */
function correlation(a: Float32Array, b: Float32Array): number {
  return covariance(a, b) / Math.sqrt(covariance(a, a) * covariance(b, b));
}

function covariance(a: Float32Array, b: Float32Array): number {
  const [meanA, meanB] = [meanOf(a), meanOf(b)];
  return meanOf(a.map((value, i) => (value - meanA) * (b[i]! - meanB)));
}

function meanOf(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
