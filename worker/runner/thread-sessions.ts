import { findModel } from '#lib/models/catalogue';
import { createSessionCache, type SessionCache } from '#worker/engines/onnx/sessions';
import type { StageTask } from './messages.ts';

/** A model of which one stage takes more than this is not kept in memory whole. */
const KEPT_BYTES = 1024 ** 3;

let sessions: SessionCache | undefined;
let previous: StageTask | undefined;

/**
 * The sessions of this thread, for a stage that is about to begin. They stay open from stage to stage and from job to
 * job, but where a model is at work, or was, that takes much memory: its stages take turns there.
 */
export async function sessionsFor(task: StageTask): Promise<SessionCache> {
  sessions ??= createSessionCache(task);
  if (previous && isAnother(previous, task) && [previous, task].some(takesRoom)) await sessions.release();
  previous = task;
  sessions.takeOpened();
  return sessions;
}

function isAnother(before: StageTask, task: StageTask): boolean {
  return before.pipeline !== task.pipeline || before.stage !== task.stage;
}

function takesRoom({ models }: StageTask): boolean {
  return models.some((id) => (findModel(id)?.memoryBytes ?? 0) > KEPT_BYTES);
}
