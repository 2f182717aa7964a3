import { mkdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { drill as declaration } from '#lib/pipelines/drill';
import { drillChain } from '#tests/drill-chain';
import { temporaryFolder } from '#tests/temporary-folder';
import { drill } from './drill.ts';
import type { StageContext } from './run.ts';

let folder: string;
let saved: StageContext['checkpoint']['latest'];

beforeEach(() => {
  folder = temporaryFolder();
  saved = null;
});

/** Run one stage of a drill; `onStep` is called as each step is done. */
async function run(stage: string, params: object, onStep: (step: number) => void = () => undefined) {
  mkdirSync(join(folder, stage), { recursive: true });
  return drill.stages[stage]!({
    jobId: 'job',
    params: declaration.params.parse({ step_ms: 0, ...params }),
    inputs: {},
    outDir: join(folder, stage),
    fileOf: (name: string, file: string) => join(folder, name, file),
    progress: onStep,
    checkpoint: { latest: saved, save },
  } as unknown as StageContext);
}

async function save(state: unknown, files: Record<string, Uint8Array>): Promise<void> {
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(folder, name), bytes);
  saved = { state, path: (name) => join(folder, name) };
}

async function result(): Promise<unknown> {
  await run('publish', {});
  return JSON.parse(await readFile(join(folder, 'publish', 'result.json'), 'utf8'));
}

const chained = (steps: number) => drillChain('job', null, steps).at(-1);

test('the result is the chain of every step, wherever the count was cut off', async () => {
  await run('prepare', {});
  for (const cutAt of [2, 5, 9, 12]) {
    const cut = (step: number) => {
      if (step === cutAt) throw new Error('cut off');
    };
    await expect(run('count', { steps: 12 }, cut)).rejects.toThrow('cut off');
  }
  const steps: number[] = [];
  await run('count', { steps: 12 }, (step) => steps.push(step));
  expect(steps).toEqual([11, 12]);
  expect(await result()).toEqual({ picture: null, steps: 12, digest: chained(12) });
});

test('a checkpoint whose state and file are not of the same moment is refused', async () => {
  await run('prepare', {});
  await run('count', { steps: 10 });
  saved = { ...saved!, state: { done: 5 } };
  await expect(run('count', { steps: 10 })).rejects.toThrow('says 5 steps and has 10');
});

test.each([1, 2, 7, 20])(
  'of %i steps, one that is to fail once does, and then comes to its end',
  async (steps) => {
    await run('prepare', {});
    await expect(run('count', { steps, fail: 'once' })).rejects.toMatchObject({ code: 'unavailable' });
    await run('count', { steps, fail: 'once' });
    expect(await result()).toMatchObject({ steps, digest: chained(steps) });
  },
);

test('one that is always to fail fails again and again', async () => {
  await run('prepare', {});
  for (let attempt = 1; attempt <= 5; attempt++)
    await expect(run('count', { steps: 7, fail: 'always' })).rejects.toMatchObject({ retryable: true });
});

test('has a run for each stage it declares', () => {
  expect(Object.keys(drill.stages)).toEqual(declaration.stages.map(({ name }) => name));
});
