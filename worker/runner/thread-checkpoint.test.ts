import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { AppError } from '#lib/core/errors';
import { temporaryFolder } from '#tests/temporary-folder';
import { toFailure } from './failure.ts';
import type { CheckpointAnswer, StageTask, TaskReport, ThreadTask } from './messages.ts';
import { checkpointOf } from './thread-checkpoint.ts';

let checkpointDir: string;

beforeEach(() => {
  checkpointDir = temporaryFolder();
});

/** A stage's checkpoints, with a worker that hears of each and answers as told; without an answer it keeps silent. */
function open(answer?: CheckpointAnswer, throwIfCancelled = () => undefined) {
  const { port1, port2 } = new MessageChannel();
  onTestFinished(() => port1.close());
  const heard: TaskReport[] = [];
  port1.on('message', (report: TaskReport) => {
    heard.push(report);
    if (answer) port1.postMessage(answer);
  });
  const task = { checkpoint: null, checkpointDir } as unknown as StageTask;
  const threadTask: ThreadTask = { task, cancelFlag: new Int32Array(1), port: port2 };
  return { heard, checkpoint: checkpointOf(threadTask, { elapsedMs: () => 5, throwIfCancelled }) };
}

test('each checkpoint lies in a folder of its own, and its worker is told what is in it', async () => {
  const { heard, checkpoint } = open({ failure: null });
  for (const step of [10, 20]) await checkpoint.save({ step }, { 'latents.bin': Buffer.from(`at ${step}`) });
  expect(readFileSync(join(checkpointDir, '1', 'latents.bin'), 'utf8')).toBe('at 10');
  const sha256 = createHash('sha256').update('at 20').digest('hex');
  const files = [{ name: 'latents.bin', sizeBytes: 5, sha256 }];
  expect(heard[1]).toEqual({
    type: 'checkpoint',
    checkpoint: { sequence: 2, state: { step: 20 }, files, elapsedMs: 5 },
  });
});

test('one that its worker could not save is an error, with the reason', async () => {
  const { checkpoint } = open({ failure: toFailure(new AppError('storage_full', 'No room.')) });
  await expect(checkpoint.save(1, {})).rejects.toMatchObject({ code: 'storage_full', message: 'No room.' });
});

test('a second one cannot be saved while the first is on its way', async () => {
  const { checkpoint } = open();
  void checkpoint.save(1, {});
  await expect(checkpoint.save(2, {})).rejects.toThrow('still being saved');
});

test('a cancelled stage saves nothing', async () => {
  const cancelled = new AppError('cancelled', 'The job was cancelled.');
  const { checkpoint } = open({ failure: null }, () => {
    throw cancelled;
  });
  await expect(checkpoint.save(1, { a: Buffer.from('x') })).rejects.toBe(cancelled);
  expect(readdirSync(checkpointDir)).toEqual([]);
});
