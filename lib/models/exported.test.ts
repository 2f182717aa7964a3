import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exportModel } from '#tests/exported-model';
import { temporaryFolder } from '#tests/temporary-folder';
import { obstacleTo } from './availability.ts';
import { findModel } from './catalogue.ts';
import { downloadModels } from './download.ts';
import { exportedFolder } from './folders.ts';
import { selectModel } from './selection.ts';
import { asPlaced, isPresent, verifyModel, weightPath } from './weights.ts';

const wan = findModel('wan2.1-t2v-1.3b')!;
const GB = 2 ** 30;
const T2V = { task: 'video', pipeline: 't2v' } as const;

/** A machine that has the model, exported by whatever means the test needs. */
function machine(memoryBytes = 64 * GB) {
  return { weightsDir: temporaryFolder(), memoryBytes };
}

test('a model that nobody has exported names the command that does it, and no download tries to', async () => {
  const here = machine();
  const refusal = { code: 'model_unavailable', retryable: false };
  const suggestion = expect.stringContaining('python tools/wan/export.py FOLDER --model wan2.1-t2v-1.3b');
  expect(isPresent(here.weightsDir, wan)).toBe(false);
  expect(obstacleTo(wan, here)).toMatchObject({ ...refusal, suggestion });
  expect(() => selectModel(here, T2V, wan.id)).toThrow(expect.objectContaining({ ...refusal, suggestion }));
  const options = { weightsDir: here.weightsDir, mirror: null };
  await expect(downloadModels([wan], options)).rejects.toMatchObject({ ...refusal, suggestion });
});

test('one that was exported is taken as its index has it, its files where they lie', async () => {
  const here = machine();
  exportModel(here.weightsDir, wan.id);
  expect(obstacleTo(wan, here)).toBeNull();
  expect(selectModel(here, T2V, 'auto').id).toBe(wan.id);
  const placed = asPlaced(here.weightsDir, wan)!;
  const transformer = placed.weights.find(({ name }) => name === 'transformer.onnx')!;
  const path = weightPath(here.weightsDir, transformer);
  expect(path).toBe(join(here.weightsDir, 'exported', wan.id, 'transformer.onnx'));
  expect(placed).toMatchObject({ memoryBytes: 50_000_000, index: { text: { width: 4096 } }, rank: wan.rank });
  expect(placed.networks.find(({ name }) => name === 'vae_decoder_step')).toMatchObject({
    files: ['vae_decoder_step.onnx'],
    memoryBytes: 1_000_000,
  });
});

test('a file cut short is noticed by its size, one that was changed by its hash', async () => {
  const { weightsDir, memoryBytes } = machine();
  exportModel(weightsDir, wan.id);
  const path = join(exportedFolder(weightsDir, wan.id), 'transformer.onnx');
  writeFileSync(path, 'TRANSFORMER.onnx');
  expect(isPresent(weightsDir, wan)).toBe(true);
  const states = (await verifyModel(weightsDir, wan)).map(({ weight, state }) => `${weight.name} ${state}`);
  expect(states.filter((state) => !state.endsWith('ok'))).toEqual(['transformer.onnx corrupt']);
  truncateSync(path, 3);
  expect(isPresent(weightsDir, wan)).toBe(false);
  expect(obstacleTo(wan, { weightsDir, memoryBytes })?.message).toMatch(/index names, some are missing/);
});

test.each([
  ['another contract', { contract: 2 }, /version 2 of the contract/],
  ['another model', { id: 'wan2.1-t2v-14b' }, /is that of “wan2.1-t2v-14b”/],
  [
    'a path that leads out',
    { tokenizer: { files: [{ name: '../x', bytes: 1, sha256: 'a'.repeat(64) }] } },
    /a file name/,
  ],
])('an index of %s is refused, and the model counts as missing', (_, wrong, message) => {
  const here = machine();
  exportModel(here.weightsDir, wan.id, { change: (index) => ({ ...index, ...wrong }) as typeof index });
  expect(isPresent(here.weightsDir, wan)).toBe(false);
  expect(obstacleTo(wan, here)).toMatchObject({
    code: 'model_unfit',
    message: expect.stringMatching(message),
  });
});

test('a model that the machine cannot hold is refused with both numbers; the index tells better than the catalogue', () => {
  const small = machine(16 * GB);
  const refusal = {
    code: 'model_unavailable',
    retryable: false,
    message: 'Wan 2.1 T2V 1.3B needs 24.2 GB of memory, and this machine has 16 GB.',
  };
  expect(obstacleTo(wan, small)).toMatchObject(refusal);
  expect(() => selectModel(small, T2V, wan.id)).toThrow(expect.objectContaining(refusal));
  exportModel(small.weightsDir, wan.id);
  expect(obstacleTo(wan, small)).toBeNull();
});

test('auto passes over what the machine cannot hold', () => {
  const small = machine(16 * GB);
  const memory = { text_encoder: 17 * GB, transformer: 1, vae: 1 };
  exportModel(small.weightsDir, wan.id, { change: (index) => ({ ...index, memory }) });
  exportModel(small.weightsDir, 'wan2.2-ti2v-5b');
  expect(selectModel(small, T2V, 'auto').id).toBe('wan2.2-ti2v-5b');
});
