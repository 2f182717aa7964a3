import { EventEmitter, once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { createLogger } from '#lib/core/logger';
import { LeaseLost } from '../lease-keeper.ts';
import type { StageTask } from './messages.ts';
import { Runner, RunnerDied, RunnerTakenDown } from './runner.ts';

let folder: string;
let count = 0;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'multiplane-runner-'));
  return () => rm(folder, { recursive: true, force: true });
});

function makeRunner(options: { cancelGraceMs?: number; stuckAfterMs?: number } = {}): Runner {
  const runner = new Runner({
    concurrency: 2,
    cancelGraceMs: 20,
    stuckAfterMs: 60_000,
    log: createLogger('test', 'silent'),
    child: resolve('tests/fake-runner.mjs'),
    ...options,
  });
  onTestFinished(() => runner.close());
  return runner;
}

function task(wish: string): StageTask {
  count += 1;
  return {
    id: `task-${count}`,
    jobId: 'job',
    pipeline: 'p',
    stage: 'only',
    model: 'auto',
    models: [],
    params: { only: wish },
    inputs: {},
    stamp: null,
    outDir: join(folder, String(count)),
    stageDirs: {},
    stageMs: {},
    checkpoint: null,
    checkpointDir: join(folder, `${count}.checkpoint`),
    provider: 'cpu',
    weightsDir: folder,
    threads: 1,
  };
}

/** Run a stage; `started` resolves with its first progress. */
function start(
  runner: Runner,
  wish: string,
  signal = new AbortController().signal,
  onCheckpoint = () => Promise.resolve(),
) {
  const events = new EventEmitter();
  const started = once(events, 'progress');
  const onProgress = () => events.emit('progress');
  const result = runner.run(task(wish), { signal, onProgress, onCheckpoint });
  result.catch(() => undefined);
  return { result, started };
}

test('a stage that is done leaves its child warm for the next', async () => {
  const runner = makeRunner();
  await start(runner, 'write').result;
  const { pid } = runner;
  await start(runner, 'write').result;
  expect(runner.pid).toBe(pid);
});

test('a cancelled stage stops by itself, and what it left goes with its child', async () => {
  const runner = makeRunner({ cancelGraceMs: 60_000 });
  const stop = new AbortController();
  const { result, started } = start(runner, 'hang', stop.signal);
  await started;
  const { pid } = runner;
  stop.abort('cancelled');
  await expect(result).rejects.toMatchObject({ code: 'cancelled' });
  await start(runner, 'write').result;
  expect(runner.pid).not.toBe(pid);
});

test('one that does not listen is killed with its child; the stage beside it did nothing wrong', async () => {
  const runner = makeRunner();
  const stop = new AbortController();
  const deaf = start(runner, 'ignore', stop.signal);
  const bystander = start(runner, 'hang');
  await Promise.all([deaf.started, bystander.started]);
  const { pid } = runner;
  stop.abort('cancelled');
  await expect(deaf.result).rejects.toMatchObject({ code: 'cancelled' });
  await expect(bystander.result).rejects.toBeInstanceOf(RunnerTakenDown);
  await start(runner, 'write').result;
  expect(runner.pid).not.toBe(pid);
});

test('a stage without a sign of progress is given up', async () => {
  const { result } = start(makeRunner({ stuckAfterMs: 50 }), 'ignore');
  await expect(result).rejects.toMatchObject({ code: 'runner_lost', retryable: true });
});

test('a child that dies takes every stage in it along, and the next one gets a new child', async () => {
  const runner = makeRunner();
  const first = start(runner, 'hang');
  await first.started;
  const second = start(runner, 'crash');
  for (const { result } of [first, second]) {
    const error = await result.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RunnerDied);
    expect(error).toMatchObject({ code: 'runner_lost', others: 1 });
  }
  expect((await start(runner, 'write').result).files[0]!.name).toBe('only.txt');
});

test('jobs that want a runner of their own get it one after the other, and die in it alone', async () => {
  const runner = makeRunner();
  const beside = start(runner, 'hang');
  await beside.started;
  const { pid } = runner;
  const { signal } = new AbortController();
  const pids: (number | undefined)[] = [];
  let inside = 0;
  const work = (wish: string) => async (own: Runner) => {
    expect(++inside).toBe(1);
    const { started, result } = start(own, wish);
    if (wish !== 'crash') await started;
    pids.push(own.pid);
    await result.finally(() => inside--);
  };
  const poison = runner.alone(signal, work('crash'));
  const innocent = runner.alone(signal, work('write'));
  await expect(poison).rejects.toMatchObject({ code: 'runner_lost', others: 0 });
  await innocent;
  expect(new Set([pid, ...pids]).size).toBe(3);
  expect(runner.pid).toBe(pid);
});

test('what runs in a runner that is closed did nothing wrong', async () => {
  const runner = makeRunner();
  const { started, result } = start(runner, 'hang');
  await started;
  runner.close();
  await expect(result).rejects.toBeInstanceOf(RunnerTakenDown);
});

test("a stage's own error keeps its code, and its cause for the log", async () => {
  const { result } = start(makeRunner(), 'weights_missing');
  const error = await result.catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'weights_missing', cause: expect.any(Error) });
});

test('a stage goes on once its checkpoint is saved; one that cannot be saved ends it, with the reason as it was', async () => {
  const runner = makeRunner();
  const signal = new AbortController().signal;
  let saved = 0;
  const { files } = await start(runner, 'save', signal, async () => void (saved += 1)).result;
  expect({ saved, files: files.length }).toEqual({ saved: 1, files: 1 });
  const reason = new LeaseLost();
  await expect(start(runner, 'save', signal, () => Promise.reject(reason)).result).rejects.toBe(reason);
});
