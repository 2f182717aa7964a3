import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '#tests/temporary-folder';
import { findModel } from '../catalogue.ts';
import { exportedFolder } from '../folders.ts';
import { asPlaced, isPresent, verifyModel } from '../weights.ts';
import { wannx } from './wannx.ts';
import { writeIndex } from './write-index.ts';

const model = findModel('wan2.1-t2v-14b-q4')!;

/** Their names are all that is here of the real files. */
function withFiles(): string {
  const weightsDir = temporaryFolder();
  const folder = exportedFolder(weightsDir, model.id);
  mkdirSync(folder, { recursive: true });
  for (const name of wannx.files) writeFileSync(join(folder, name), name);
  return weightsDir;
}

test("others' files become a model of ours, by their own names, with the hashes that they have", async () => {
  const weightsDir = withFiles();
  const path = await writeIndex(weightsDir, model.id);
  expect(isPresent(weightsDir, model)).toBe(true);
  expect((await verifyModel(weightsDir, model)).every(({ state }) => state === 'ok')).toBe(true);
  const { networks, weights } = asPlaced(weightsDir, model)!;
  expect(networks.find(({ name }) => name === 'transformer')?.files).toEqual(['dit.onnx', 'dit.onnx.data']);
  expect(weights.map(({ name }) => name).toSorted()).toEqual([...wannx.files].toSorted());
  const { graphs } = JSON.parse(readFileSync(path, 'utf8'));
  expect(graphs.vae_decoder_step.inputs.caches.at(-1)).toBe('c32');
});

test('a file that is missing is named, and nothing is written', async () => {
  const weightsDir = withFiles();
  rmSync(join(exportedFolder(weightsDir, model.id), 'dit.onnx.data'));
  await expect(writeIndex(weightsDir, model.id)).rejects.toMatchObject({
    code: 'not_found',
    message: expect.stringContaining('There is no dit.onnx.data'),
  });
  expect(isPresent(weightsDir, model)).toBe(false);
  await expect(writeIndex(weightsDir, 'rife')).rejects.toMatchObject({ code: 'not_found' });
});
