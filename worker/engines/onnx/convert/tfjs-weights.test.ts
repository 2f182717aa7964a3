import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '#tests/temporary-folder';
import { readTfjsModel, readWeights } from './tfjs-weights.ts';

const floats = (...values: number[]) => new Uint8Array(Float32Array.from(values).buffer);
const whole = (...values: number[]) => new Uint8Array(Int32Array.from(values).buffer);

function quantised(dtype: 'uint8' | 'uint16', scale: number, min: number) {
  return { dtype, scale, min };
}

test('weights follow each other across the shards of their group, whatever they are stored as', () => {
  const groups = [
    {
      paths: ['a', 'b'],
      weights: [
        { name: 'plain', shape: [2], dtype: 'float32' as const },
        {
          name: 'bytes',
          shape: [3, 1],
          dtype: 'float32' as const,
          quantization: quantised('uint8', 0.5, -1),
        },
        { name: 'words', shape: [], dtype: 'float32' as const, quantization: quantised('uint16', 0.25, 10) },
      ],
    },
    {
      paths: ['c'],
      weights: [
        { name: 'whole', shape: [2], dtype: 'int32' as const },
        { name: 'small', shape: [1], dtype: 'int32' as const, quantization: quantised('uint8', 1, 62) },
      ],
    },
  ];
  const first = [...floats(1.5, -2), 0, 4, 255, 0x10, 0x01];
  // The shards of a group may part anywhere, even within a number.
  const shards = [
    Uint8Array.from(first.slice(0, 5)),
    Uint8Array.from(first.slice(5)),
    Uint8Array.from([...whole(-7, 70_000), 2]),
  ];
  const weights = readWeights(groups, shards);
  expect(Object.fromEntries([...weights].map(([name, { values }]) => [name, [...values]]))).toEqual({
    plain: [1.5, -2],
    bytes: [-1, 1, 126.5],
    words: [78],
    whole: [-7, 70_000],
    small: [64],
  });
  expect(weights.get('bytes')!.shape).toEqual([3, 1]);
});

test.each([
  { bytes: 7, reason: 'its shards end before the weights two' },
  { bytes: 9, reason: 'its shards hold more than its weights' },
])('shards of $bytes bytes instead of eight are refused', ({ bytes, reason }) => {
  const weights = ['one', 'two'].map((name) => ({ name, shape: [1], dtype: 'float32' as const }));
  const read = () => readWeights([{ paths: ['a'], weights }], [new Uint8Array(bytes)]);
  expect(read).toThrow(expect.objectContaining({ code: 'model_unfit' }));
  expect(read).toThrow(reason);
});

test('a model.json of something else is refused', async () => {
  const path = join(temporaryFolder(), 'model.json');
  await writeFile(path, JSON.stringify({ weightsManifest: [{ paths: [], weights: [{ name: 'x' }] }] }));
  await expect(readTfjsModel([path])).rejects.toMatchObject({
    code: 'model_unfit',
    message: expect.stringContaining('its model.json is not one of TensorFlow.js'),
  });
});
