import { truncateSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { temporaryFolder } from '#tests/temporary-folder';
import type { Machine } from './availability.ts';
import { findModel, listModels } from './catalogue.ts';
import { type Need, selectModel } from './selection.ts';
import { parseSource } from './sources/source.ts';
import { isPresent, weightPath } from './weights.ts';

const DEPTH = { task: 'depth', pipeline: 'photo-realistic' } as const;
const MATTE = { task: 'matte', pipeline: 'photo-realistic' } as const;

/** A machine with weight files of the right size, which is what presence is judged by. */
function withModels(...ids: string[]): Machine {
  const weightsDir = temporaryFolder();
  for (const weight of ids.flatMap((id) => findModel(id)?.weights ?? [])) {
    writeFileSync(weightPath(weightsDir, weight), '');
    truncateSync(weightPath(weightsDir, weight), weight.sizeBytes);
  }
  return { weightsDir, memoryBytes: 2 ** 34 };
}

it('takes the best-ranked depth model that is present', () => {
  expect(selectModel(withModels('fastdepth'), DEPTH, 'auto').id).toBe('fastdepth');
  expect(selectModel(withModels('fastdepth', 'tcmonodepth-small'), DEPTH, 'auto').id).toBe(
    'tcmonodepth-small',
  );
});

it('takes the one asked for, though a better one is there', () => {
  const machine = withModels('fastdepth', 'tcmonodepth-small');
  expect(selectModel(machine, DEPTH, 'fastdepth').id).toBe('fastdepth');
});

it('names the command that fetches what is missing', () => {
  const command = 'npm run -s multiplane -- models download';
  const machine = withModels('fastdepth');
  const select = (need: Need, id: string) => () => selectModel(machine, need, id);
  expect(select(DEPTH, 'tcmonodepth-small')).toThrow(
    expect.objectContaining({
      code: 'weights_missing',
      suggestion: expect.stringContaining(`${command} tcmonodepth-small`),
    }),
  );
  expect(select(MATTE, 'auto')).toThrow(
    expect.objectContaining({
      code: 'weights_missing',
      suggestion: expect.stringContaining(`${command} u2netp`),
    }),
  );
});

it('refuses an unknown model and one of another task, naming those that would do', () => {
  const machine = withModels('fastdepth', 'u2netp');
  expect(() => selectModel(machine, DEPTH, 'midas')).toThrow(expect.objectContaining({ code: 'not_found' }));
  expect(() => selectModel(machine, DEPTH, 'u2netp')).toThrow(
    expect.objectContaining({
      code: 'validation_failed',
      fields: [expect.objectContaining({ allowed: ['auto', 'tcmonodepth-small', 'fastdepth'] })],
    }),
  );
});

it('counts a file cut short as missing', () => {
  const { weightsDir: dir } = withModels('migan');
  const model = findModel('migan');
  const [weight] = model?.weights ?? [];
  if (!model || !weight) throw new Error('the catalogue lost its inpainting model');
  expect(isPresent(dir, model)).toBe(true);
  truncateSync(weightPath(dir, weight), weight.sizeBytes - 1);
  expect(isPresent(dir, model)).toBe(false);
});

it('can fetch every model of the catalogue, none under two names', () => {
  const weights = listModels().flatMap((model) => model.weights);
  for (const weight of weights) expect(() => parseSource(weight.source)).not.toThrow();
  expect(new Set(weights.map((weight) => weight.sha256)).size).toBe(weights.length);
  expect(new Set(listModels().map((model) => model.id)).size).toBe(listModels().length);
});
