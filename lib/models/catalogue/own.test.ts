import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exportModel } from '#tests/exported-model';
import { temporaryFolder } from '#tests/temporary-folder';
import { absenceOf } from '../availability.ts';
import { OWN_FOLDER } from '../folders.ts';
import { isDownloadable, isPresent, verifyModel, weightPath } from '../weights.ts';
import { ownModels } from './own.ts';

/** A folder as lib/models/own, with one model in it. */
function ownFolder(id: string): string {
  const folder = temporaryFolder();
  exportModel(folder, id);
  cpSync(join(folder, 'exported', id), join(folder, 'own', id), { recursive: true });
  return join(folder, 'own');
}

test('a model of ours is in the catalogue as its index has it', () => {
  const [model] = ownModels(ownFolder('mini'));
  expect(model).toMatchObject({ id: 'mini', setUp: 'required', task: 'video', pipelines: ['t2v'] });
  expect(model!.generation).toMatchObject({
    frames: { default: 5, step: 4 },
    schedulers: ['unipc', 'flow-euler'],
  });
  const weight = model!.weights.find(({ name }) => name === 'transformer.onnx')!;
  expect(weight.source).toBe('own:mini/transformer.onnx');
  expect(weightPath('/anywhere', weight)).toBe(join(OWN_FOLDER, 'mini', 'transformer.onnx'));
});

test('a folder whose index has not come yet is passed over, and so is one that is not there', () => {
  const folder = ownFolder('mini');
  rmSync(join(folder, 'mini', 'model_index.json'));
  expect(ownModels(folder)).toEqual([]);
  expect(ownModels(join(folder, 'nowhere'))).toEqual([]);
});

test('files of ours that are gone are checked out again, and not waited for', () => {
  const [model] = ownModels(ownFolder('mini'));
  expect(isDownloadable(model!)).toBe(false);
  expect(absenceOf(model!, temporaryFolder())).toMatchObject({
    code: 'weights_corrupt',
    suggestion: expect.stringContaining('check out lib/models/own/mini'),
  });
});

test('the models that lie in this repository are whole', async () => {
  for (const model of ownModels()) {
    const checks = await verifyModel(temporaryFolder(), model);
    expect(checks.filter(({ state }) => state !== 'ok')).toEqual([]);
    expect(isPresent(temporaryFolder(), model)).toBe(true);
  }
});
