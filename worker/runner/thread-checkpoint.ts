import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '#lib/core/errors';
import type { CheckpointFile } from '#lib/db/schema/job-values';
import type { StageCheckpoint } from '#worker/pipelines/run';
import { fromFailure } from './failure.ts';
import type { CheckpointAnswer, ThreadTask, TaskReport } from './messages.ts';

interface Conditions {
  /** Spent on the stage so far, over all attempts. */
  elapsedMs(): number;
  throwIfCancelled(): void;
}

/** A stage's way to save how far it is: the thread writes the files, and its worker makes them last. */
export function checkpointOf(
  { task, port }: ThreadTask,
  { elapsedMs, throwIfCancelled }: Conditions,
): StageCheckpoint {
  const { checkpoint: latest, checkpointDir } = task;
  let sequence = latest?.sequence ?? 0;
  let saving = false;

  const saveNext = async (state: unknown, files: Record<string, Uint8Array>) => {
    sequence += 1;
    const written = await writeFiles(join(checkpointDir, String(sequence)), files);
    const checkpoint = { sequence, state, files: written, elapsedMs: elapsedMs() };
    const answered = new Promise<CheckpointAnswer>((resolve) => port.once('message', resolve));
    port.postMessage({ type: 'checkpoint', checkpoint } satisfies TaskReport);
    const { failure } = await answered;
    if (failure) throw fromFailure(failure);
  };

  return {
    latest: latest && { state: latest.state, path: (name) => join(latest.dir, name) },
    async save(state, files) {
      throwIfCancelled();
      if (saving) throw new AppError('internal', 'A checkpoint was still being saved.');
      saving = true;
      await saveNext(state, files).finally(() => (saving = false));
    },
  };
}

async function writeFiles(folder: string, files: Record<string, Uint8Array>): Promise<CheckpointFile[]> {
  await mkdir(folder, { recursive: true });
  const written: CheckpointFile[] = [];
  for (const [name, data] of Object.entries(files)) {
    await writeFile(join(folder, name), data);
    const sha256 = createHash('sha256').update(data).digest('hex');
    written.push({ name, sizeBytes: data.byteLength, sha256 });
  }
  return written;
}
