import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { settings } from '#lib/config/settings';
import { createLogger } from '#lib/core/logger';
import { requireModels } from '#lib/pipelines/models';
import type { InputImage } from '#worker/pipelines/run';
import { runOnce } from '#worker/run-once';
import type { Case } from './cases.ts';

const FLOOR = fileURLToPath(new URL('floor.ts', import.meta.url));

/** What one run took, from the start of its process to the end. */
export interface Cost {
  seconds: number;
  /** Highest resident memory. */
  megabytes: number;
}

/** The whole pipeline, as `multiplane run` does it. */
export async function measureRun(
  { pipeline, model, params }: Case,
  inputs: Record<string, InputImage>,
  folder: string,
): Promise<Cost> {
  const startedAt = performance.now();
  const { peakMemoryBytes } = await runOnce(
    {
      pipeline,
      model,
      models: requireModels(pipeline, model, settings().weightsDir),
      params,
      inputs,
      warnings: [],
      outDir: join(folder, 'out'),
      signal: new AbortController().signal,
      onProgress() {},
      onNote() {},
    },
    { ...settings(), provider: 'cpu' },
    createLogger('bench', 'warn'),
  );
  return cost(startedAt, peakMemoryBytes);
}

/** The floor of a run that was recorded in this folder. */
export async function measureFloor(folder: string): Promise<Cost> {
  const startedAt = performance.now();
  const args = ['--import', 'tsx', FLOOR, folder, settings().weightsDir];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  const { peakBytes } = JSON.parse(stdout.trim().split('\n').at(-1)!) as { peakBytes: number };
  return cost(startedAt, peakBytes);
}

function cost(startedAt: number, peakBytes: number): Cost {
  return { seconds: (performance.now() - startedAt) / 1000, megabytes: peakBytes / 1024 ** 2 };
}
