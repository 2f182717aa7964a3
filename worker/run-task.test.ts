import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import pino from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { isProcessAlive } from '#lib/core/process-alive';
import { temporaryFolder } from '#tests/temporary-folder';
import '#tests/typescript-children';
import { runTask } from './run-task.ts';
import type { StageTask } from './runner/messages.ts';
import { Runner } from './runner/runner.ts';

const GB = 2 ** 30;
const LARGE = 'wan2.1-t2v-1.3b';

/** The real runner, and the ids of the processes that it has started, in their order. */
function watchedRunner(): { runner: Runner; pids: number[] } {
  const pids: number[] = [];
  const note = { write: (line: string) => pids.push((JSON.parse(line) as { runnerPid: number }).runnerPid) };
  const log = pino({ level: 'info' }, note);
  const runner = new Runner({ concurrency: 1, cancelGraceMs: 50, stuckAfterMs: 60_000, log });
  onTestFinished(() => runner.close());
  return { runner, pids };
}

/** Stages of a drill, which needs no network, said to be run with these models. */
function drillTasks(models: string[]): StageTask[] {
  const folder = temporaryFolder();
  const stageDirs: Record<string, string> = {};
  return ['prepare', 'count', 'publish'].map((stage) => {
    const earlier = { ...stageDirs };
    stageDirs[stage] = join(folder, stage);
    mkdirSync(join(folder, stage));
    return {
      id: stage,
      jobId: 'job',
      pipeline: 'drill',
      stage,
      model: 'auto',
      models,
      params: { steps: 2, step_ms: 0, fail: 'none' },
      inputs: {},
      stamp: null,
      outDir: join(folder, stage),
      stageDirs: earlier,
      stageMs: {},
      checkpoint: null,
      checkpointDir: join(folder, `${stage}.checkpoint`),
      provider: 'cpu',
      weightsDir: folder,
      threads: 1,
    };
  });
}

test('each stage of a large model has a process of its own, gone with its memory before the next begins', async () => {
  const { runner, pids } = watchedRunner();
  const weightsDir = temporaryFolder();
  const options = {
    signal: new AbortController().signal,
    onProgress: () => undefined,
    onCheckpoint: () => Promise.resolve(),
  };
  const tasks = drillTasks([LARGE]).slice(0, 2);
  // What counts as large is for the operator to say.
  for (const task of tasks) await runTask(runner, { weightsDir, largeModelBytes: 64 * GB }, task, options);
  expect(pids).toEqual([runner.pid]);
  for (const [done, task] of tasks.entries()) {
    const { files } = await runTask(runner, { weightsDir, largeModelBytes: 4 * GB }, task, options);
    expect({ files: files.length, processes: pids.length }).toEqual({ files: 1, processes: done + 2 });
    // The one that idled has made room too.
    expect(pids.filter(isProcessAlive)).toEqual([]);
  }
  expect(new Set(pids).size).toBe(3);
  expect(runner.pid).toBeUndefined();
});
