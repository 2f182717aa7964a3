import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { readSettings } from '#lib/config/settings';
import { createLogger } from '#lib/core/logger';
import { drill } from '#lib/pipelines/drill';
import { drillChain } from '#tests/drill-chain';
import { temporaryFolder } from '#tests/temporary-folder';
import '#tests/typescript-children';
import { runOnce } from './run-once.ts';

test('a pipeline that saves checkpoints runs without a queue, and leaves nothing but its outputs', async () => {
  const folder = temporaryFolder();
  vi.stubEnv('TMPDIR', folder);
  const outDir = join(folder, 'out');
  const run = {
    pipeline: drill,
    model: 'auto',
    params: { steps: 12, step_ms: 0, fail: 'none' },
    models: [],
    inputs: {},
    warnings: [],
    outDir,
    signal: new AbortController().signal,
    onProgress: () => undefined,
    onNote: () => undefined,
  };
  const settings = readSettings({ MULTIPLANE_DATA_DIR: folder, MULTIPLANE_PROVIDER: 'cpu' });
  const { outputs } = await runOnce(run, settings, createLogger('test', 'silent'));
  expect(outputs.map(({ name }) => name)).toEqual(['chain.txt', 'result.json', 'receipt.json']);
  const chain = readFileSync(join(outDir, 'chain.txt'), 'utf8').trimEnd().split('\n');
  expect(chain).toEqual(drillChain('single-run', null, 12));
  expect(readdirSync(folder).filter((name) => name.startsWith('multiplane-run-'))).toEqual([]);
});
