import type { JobNow } from '#lib/jobs/watch/watched-jobs';

/**
 * How much of a job a client has been told, and the id of the event that told the last of it. It is made of the job's own
 * state, so that any process can go on where another broke off.
 */
export interface Position {
  updatedAt: number;
  /** Which claim, so that another attempt is told from the one before. */
  fence: number;
  /** Its status, and what holds it up or ends it. */
  phase: string;
  /** How many previews of this claim there had been. */
  previews: number;
  /** How many outputs were told of. */
  outputs: number;
}

/** The position of one who has been told everything. */
export function positionAt({ job, resource }: JobNow): Position {
  const { status, held, scheduled, cancelRequestedAt, updatedAt, fence, progress } = job;
  const isActive = resource.completed_at === null;
  const signs = [held && 'held', scheduled && 'scheduled', cancelRequestedAt !== null && 'stopping'];
  const phase = [status, ...(isActive ? signs.filter(Boolean) : [])].join('-');
  const isShown = resource.progress.preview_url !== null;
  const previews = isShown ? (progress?.preview?.sequence ?? 0) : 0;
  return { updatedAt, fence, phase, previews, outputs: resource.outputs.length };
}

const ID = /^(\d{1,16})\.(\d{1,9})\.([a-z-]{1,60})\.(\d{1,9})\.(\d{1,9})$/;

export function eventIdOf({ updatedAt, fence, phase, previews, outputs }: Position): string {
  return [updatedAt, fence, phase, previews, outputs].join('.');
}

/** The position that an event's id stands for; null for none and for what is no id of ours. */
export function positionOf(id: string | null): Position | null {
  const parts = ID.exec(id ?? '');
  if (!parts) return null;
  const [updatedAt, fence, previews, outputs] = [parts[1], parts[2], parts[4], parts[5]].map(Number);
  return {
    updatedAt: updatedAt!,
    fence: fence!,
    phase: parts[3]!,
    previews: previews!,
    outputs: outputs!,
  };
}
