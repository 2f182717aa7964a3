import { findCheckpoint, type JobCheckpoint, saveCheckpoint } from '#lib/jobs/checkpoints';
import { checkpointFolder } from '#lib/jobs/files';
import type { Lease } from '#lib/jobs/lease';
import type { Workspace } from '#lib/media/store/store';
import type { WorkerContext } from './context.ts';
import { LeaseLost } from './lease-keeper.ts';
import type { Checkpoint, StageTask } from './runner/messages.ts';
import { areIntact } from './stored-file.ts';
import { untilAnswered } from './until-answered.ts';

interface Place {
  lease: Lease;
  workspace: Workspace;
  stage: string;
  /** The lease under which the newest of the stage's inputs was made. */
  inputsFence: number;
  /** Aborted when the attempt has to end. */
  signal: AbortSignal;
}

/** What an attempt at a stage finds saved of the ones before, and its own way to save. */
export interface StageCheckpoints {
  latest: StageTask['checkpoint'];
  /** Make a checkpoint last, in place of the one before. Throws LeaseLost. */
  save(checkpoint: Checkpoint): Promise<void>;
}

/** A checkpoint that is damaged, or older than what the stage works on, is passed over: the stage starts afresh. */
export async function openCheckpoints(
  { db, clock, log }: WorkerContext,
  { lease, workspace, stage, inputsFence, signal }: Place,
): Promise<StageCheckpoints> {
  const { jobId, fence } = lease;
  const recorded = await findCheckpoint(db, jobId, stage);
  let current = recorded && checkpointFolder(jobId, recorded.fence, stage, recorded.sequence);
  return {
    latest: recorded && recorded.fence >= inputsFence ? await asFound(workspace, recorded, current!) : null,
    async save(checkpoint) {
      const folder = checkpointFolder(jobId, fence, stage, checkpoint.sequence);
      const names = checkpoint.files.map(({ name }) => name);
      await workspace.publish(folder, names);
      const record = () => saveCheckpoint(db, lease, { ...checkpoint, stage }, clock());
      if (!(await untilAnswered(record, signal))) throw new LeaseLost();
      const outdated = current;
      current = folder;
      if (!outdated) return;
      await workspace.removeTree(outdated).catch((error) => {
        log.warn({ err: error, jobId, stage }, 'an old checkpoint was left behind');
      });
    },
  };
}

async function asFound(
  workspace: Workspace,
  { sequence, state, elapsedMs, files }: JobCheckpoint,
  folder: string,
): Promise<StageTask['checkpoint']> {
  if (!(await areIntact(workspace, folder, files))) return null;
  return { sequence, state, elapsedMs, dir: workspace.folder(folder) };
}
