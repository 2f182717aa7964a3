import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { expect, test } from 'vitest';
import { temporaryFolder } from '#tests/temporary-folder';
import { convertNcnn } from './ncnn.ts';

const HALF_TAG = [0x47, 0x6b, 0x30, 0x01];
/** Bytes of 16-bit floats. */
const HALVES: Readonly<Record<number, readonly number[]>> = {
  [-1]: [0x00, 0xbc],
  0: [0x00, 0x00],
  1: [0x00, 0x3c],
  2: [0x00, 0x40],
  3: [0x00, 0x42],
  4: [0x00, 0x44],
};

/** Weights as 16-bit floats: with their tag, to a multiple of four bytes. */
function halves(...values: number[]): number[] {
  const bytes = values.flatMap((value) => HALVES[value]!);
  return [...HALF_TAG, ...bytes, ...(values.length % 2 === 1 ? [0, 0] : [])];
}

function floats(...values: number[]): number[] {
  return [...new Uint8Array(Float32Array.from(values).buffer)];
}

function convert(layers: string[], weights: number[] = [], header = `7767517\n${layers.length} 99`) {
  const folder = temporaryFolder();
  const paths = [join(folder, 'network.param'), join(folder, 'network.bin')];
  writeFileSync(paths[0]!, `${header}\n${layers.join('\n')}\n`);
  writeFileSync(paths[1]!, Uint8Array.from(weights));
  return convertNcnn(paths);
}

type Blob = [dimensions: number[], values: number[]];

/** Run layers on blobs by name, each of channels, rows and columns; gives the values of every output. */
async function run(layers: string[], blobs: Record<string, Blob>, weights?: number[]) {
  const inputs = Object.keys(blobs).map((name) => `Input ${name} 0 1 ${name}`);
  const session = await InferenceSession.create(await convert([...inputs, ...layers], weights));
  const feeds = Object.entries(blobs).map(([name, [dimensions, values]]) => {
    return [name, new Tensor('float32', Float32Array.from(values), [1, ...dimensions])];
  });
  const results = await session.run(Object.fromEntries(feeds) as Record<string, Tensor>);
  return Object.fromEntries(
    Object.entries(results).map(([name, { data }]) => [name, [...(data as Float32Array)]]),
  );
}

test('Convolution: a padded kernel at every other pixel, a bias, and a leaky activation', async () => {
  const kernel = halves(0, 0, 0, 0, 2, -1, 0, 0, 0);
  const pixels = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16];
  const layer = 'Convolution c 1 1 a b 0=1 1=3 3=2 4=1 5=1 6=9 9=2 -23310=1,2.0e-01';
  const { b } = await run([layer], { a: [[1, 4, 4], pixels] }, [...kernel, ...floats(-1)]);
  // 2·1-2-1 = -1, of which a fifth is left; 2·3-4-1, 2·9-10-1, 2·11-12-1.
  expect(b).toEqual([expect.closeTo(-0.2, 6), 1, 7, 9]);
});

test('Convolution: weights of 32 bits; the outputs come before the inputs', async () => {
  const weights = [0, 0, 0, 0, ...floats(1, 10, 100, 1000)];
  const { b } = await run(
    ['Convolution c 1 1 a b 0=2 1=1 6=4'],
    {
      a: [
        [2, 1, 1],
        [2, 3],
      ],
    },
    weights,
  );
  expect(b).toEqual([1 * 2 + 10 * 3, 100 * 2 + 1000 * 3]);
});

test('Deconvolution: each pixel spreads its kernels; the outputs come before the inputs', async () => {
  const kernels = halves(1, 2, 3, 4, 1, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0);
  const layer = 'Deconvolution d 1 1 a b 0=2 1=2 3=2 5=1 6=16';
  const { b } = await run(
    [layer],
    {
      a: [
        [2, 1, 1],
        [1, 10],
      ],
    },
    [...kernels, ...floats(0, 0.5)],
  );
  expect(b).toEqual([1 + 10, 2, 3, 4, 0.5, 10 + 0.5, 0.5, 1 + 0.5]);
});

test.each([
  [0, 4 + 2],
  [1, 4 - 2],
  [2, 4 * 2],
  [3, 4 / 2],
  [7, 2 - 4],
  [8, 2 / 4],
])('BinaryOp %i with a number', async (kind, expected) => {
  const { b } = await run([`BinaryOp o 1 1 a b 0=${kind} 1=1 2=2.0`], { a: [[1, 1, 1], [4]] });
  expect(b).toEqual([expected]);
});

test('BinaryOp of two blobs, one of which is read twice', async () => {
  const layers = ['Split s 1 2 a a1 a2', 'BinaryOp o 2 1 a1 b c 0=1', 'BinaryOp p 2 1 c a2 d'];
  const { d } = await run(layers, {
    a: [
      [1, 1, 2],
      [5, 7],
    ],
    b: [
      [1, 1, 2],
      [1, 3],
    ],
  });
  expect(d).toEqual([5 - 1 + 5, 7 - 3 + 7]);
});

test('Concat and Crop go by channels', async () => {
  const layers = ['Concat c 2 1 a b ab', 'Crop s 1 1 ab d -23309=1,1 -23310=1,3 -23311=1,0'];
  const { d } = await run(layers, {
    a: [
      [2, 1, 1],
      [1, 2],
    ],
    b: [
      [2, 1, 1],
      [3, 4],
    ],
  });
  expect(d).toEqual([2, 3]);
});

test('Eltwise adds multiples', async () => {
  const layers = ['Eltwise e 2 1 a b c 0=1 -23301=2,1.0e+00,4.0e+00'];
  const { c } = await run(layers, { a: [[1, 1, 1], [3]], b: [[1, 1, 1], [5]] });
  expect(c).toEqual([3 + 4 * 5]);
});

test('Interp takes pixels as squares, enlarging and shrinking', async () => {
  const enlarged = await run(['Interp i 1 1 a b 0=2 1=1.0 2=2.0'], {
    a: [
      [1, 1, 2],
      [0, 4],
    ],
  });
  expect(enlarged['b']).toEqual([0, 1, 3, 4]);
  const shrunk = await run(['Interp i 1 1 a b 0=2 1=1.0 2=0.5'], {
    a: [
      [1, 1, 4],
      [0, 2, 4, 6],
    ],
  });
  expect(shrunk['b']).toEqual([1, 5]);
});

test('PixelShuffle keeps the channels of a block together', async () => {
  const { b } = await run(['PixelShuffle p 1 1 a b 0=2'], {
    a: [
      [8, 1, 1],
      [1, 2, 3, 4, 5, 6, 7, 8],
    ],
  });
  expect(b).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
});

test('ReLU leaks, Sigmoid halves nought', async () => {
  const layers = ['ReLU r 1 1 a b 0=2.0e-01', 'Sigmoid s 1 1 c d'];
  const { b, d } = await run(layers, {
    a: [
      [1, 1, 2],
      [-5, 5],
    ],
    c: [[1, 1, 1], [0]],
  });
  expect(b).toEqual([-1, 5]);
  expect(d).toEqual([0.5]);
});

test('rife.Warp fetches each pixel from where the flow points, and no farther than the edge', async () => {
  const image = [10, 20, 40, 11, 21, 41];
  const along = [0, 0.5, 5, 1, 0, 0];
  const down = [0, 0, 0, 0, -1, 9];
  const blobs: Record<string, Blob> = {
    image: [[1, 2, 3], image],
    flow: [
      [2, 2, 3],
      [...along, ...down],
    ],
  };
  const { image_warped: moved } = await run(['rife.Warp w 2 1 image flow moved'], blobs);
  const expected = [10, 30, 40, 21, 20, 41].map((value) => expect.closeTo(value, 4));
  expect(moved).toEqual(expected);
});

test('rife.Warp takes an image that is larger than its flow', async () => {
  const image = [10, 20, 30, 40, 11, 21, 31, 41, 12, 22, 32, 42, 13, 23, 33, 43];
  // One pixel of the flow to the left is two of the image.
  const blobs: Record<string, Blob> = {
    image: [[1, 4, 4], image],
    flow: [
      [2, 2, 2],
      [-1, -1, -1, -1, 0, 0, 0, 0],
    ],
  };
  const layers = ['rife.Warp w 2 1 image flow moved', 'BinaryOp o 1 1 moved doubled 0=2 1=1 2=2.0'];
  const { doubled } = await run(layers, blobs);
  const rows = [0, 1, 2, 3].map((y) => [10 + y, 10 + y, 10 + y, 20 + y]);
  expect(doubled).toEqual(rows.flat().map((value) => expect.closeTo(2 * value, 4)));
});

const CONVOLUTION = ['Input a 0 1 a', 'Convolution c 1 1 a b 0=1 1=1 6=1'];
const unfit = { code: 'model_unfit' };

test('files that are cut off, or belong to something else, are refused', async () => {
  await expect(convert(CONVOLUTION, halves(1))).resolves.toBeInstanceOf(Uint8Array);
  await expect(convert(CONVOLUTION, halves(1).slice(0, -1))).rejects.toMatchObject(unfit);
  await expect(convert(CONVOLUTION, [])).rejects.toMatchObject(unfit);
  await expect(convert(CONVOLUTION, [...halves(1), 0])).rejects.toMatchObject(unfit);
  await expect(convert(CONVOLUTION, [1, 2, 3, 4, 0, 0, 0, 0])).rejects.toMatchObject(unfit);
  await expect(convert(CONVOLUTION, halves(1), '7767517\n3 3')).rejects.toMatchObject(unfit);
  await expect(convert(CONVOLUTION, halves(1), '<html>\n2 2')).rejects.toMatchObject(unfit);
  await expect(convert([CONVOLUTION[0]!, 'Convolution c 1 1 a'])).rejects.toMatchObject(unfit);
});

test.each([
  ['a kind of layer', 'Softmax s 1 1 a b', 'Softmax'],
  ['a parameter', 'Sigmoid s 1 1 a b 4=1', 'parameter 4'],
  ['an arithmetic', 'BinaryOp o 1 1 a b 0=6 1=1 2=2.0', 'BinaryOp'],
  ['a way to interpolate', 'Interp i 1 1 a b 0=1 1=2.0 2=2.0', 'bilinear'],
  ['a blob', 'Sigmoid s 1 1 nothing b', 'nothing'],
])('%s that is not known is named', async (_, layer, name) => {
  const message = expect.stringContaining(name);
  await expect(convert(['Input a 0 1 a', layer])).rejects.toMatchObject({ ...unfit, message });
});
