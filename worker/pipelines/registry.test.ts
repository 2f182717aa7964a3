import { expect, test } from 'vitest';
import { drill } from '#lib/pipelines/drill';
import { listPipelines } from '#lib/pipelines/registry';
import { findRun } from './registry.ts';

test.each([...listPipelines(), drill])(
  'of $id every declared stage can be run, and no other',
  async (declaration) => {
    const run = await findRun(declaration.id);
    const declared = declaration.stages.map(({ name }) => name);
    expect(Object.keys(run!.stages).toSorted()).toEqual(declared.toSorted());
  },
);

test('what every object has is no pipeline', async () => {
  expect(await findRun('toString')).toBeUndefined();
});
