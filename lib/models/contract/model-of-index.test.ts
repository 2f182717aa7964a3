import { expect, test } from 'vitest';
import { tinyWan } from '#tests/tiny-wan/tiny-wan';
import { modelOfIndex } from './model-of-index.ts';

const ENTRY = {
  source: (file: string) => `own:tiny/${file}`,
  rank: 10,
  setUp: 'required',
  author: 'somebody',
  origin: 'somewhere',
} as const;

test('a catalogue entry has every file once, and a network for each graph', () => {
  const { index, files } = tinyWan('wan-2.2-i2v-a14b');
  // The experts share what they have in common, and the second keeps its own beside it.
  const data = { name: 'common.data', bytes: 99, sha256: 'a'.repeat(64) };
  index.graphs.transformer.files.push(data);
  index.graphs.transformer_2!.files.push(data, { ...data, name: 'second.data' });
  const model = modelOfIndex(index, ENTRY);
  expect(model.weights.map(({ name }) => name).toSorted()).toEqual(
    [...files.keys(), 'common.data', 'second.data'].toSorted(),
  );
  expect(model.weights.find(({ name }) => name === 'common.data')).toEqual({
    name: 'common.data',
    sizeBytes: 99,
    sha256: 'a'.repeat(64),
    source: 'own:tiny/common.data',
    downloadBytes: 99,
  });
  expect(model.networks.map(({ name }) => name)).toEqual(Object.keys(index.graphs));
  expect(model.networks.find(({ name }) => name === 'transformer_2')).toMatchObject({
    format: 'onnx',
    files: ['transformer_2.onnx', 'common.data', 'second.data'],
  });
});

test('what it can make comes from the index, its own scheduler first', () => {
  const { index } = tinyWan('wan-2.1-t2v');
  index.schedule.scheduler = 'flow-euler';
  index.guidance.low_noise = 3;
  const { id, title, pipelines, generation, memoryBytes, licence, endImage } = modelOfIndex(index, ENTRY);
  expect({ id, title, pipelines, licence }).toEqual({
    id: 'tiny-wan-2.1-t2v',
    title: 'Tiny wan-2.1-t2v',
    pipelines: ['t2v'],
    licence: { package: null, weights: 'MIT' },
  });
  expect(generation).toEqual({
    size: { default: { width: 64, height: 64 }, multiple: 16, min: 32, maxPixels: 307_200 },
    frames: { default: 5, min: 5, max: 81, step: 4 },
    fps: { default: 16, min: 4, max: 30 },
    steps: { default: 4, min: 1, max: 60 },
    guidance: { default: 5, min: 1, max: 20 },
    schedulers: ['flow-euler', 'unipc'],
  });
  expect(memoryBytes).toBe(50_000_000);
  expect(endImage).toBeUndefined();
});

test.each([
  ['wan-2.1-i2v', 'unused'],
  ['wan-2.1-flf2v', 'optional'],
  ['wan-2.2-ti2v-5b', 'unused'],
] as const)('an end image is to %s what its conditioning makes of it: %s', (kind, endImage) => {
  expect(modelOfIndex(tinyWan(kind).index, ENTRY).endImage).toBe(endImage);
});
