import type { Actor } from '#lib/core/actor';
import { toIso } from '#lib/core/clock';
import type { Database } from '#lib/db/client';
import { activeCounts } from '#lib/jobs/counts';
import { activeJobResources } from '#lib/jobs/job-resources';
import { type QueuePause, queuePause } from '#lib/jobs/queue-control';
import type { JobResource } from '#lib/jobs/resource';

const MOST_TASKS = 100;
const LONGEST_TEXT = 100;

/** What a dashboard or program asks for every second: the actor's active jobs and no more. */
export interface QueuePoll {
  timestamp: string;
  pending_count: number;
  processing_count: number;
  active_tasks: JobResource[];
  has_active_tasks: boolean;
  paused: QueuePause;
}

export async function queuePoll(db: Database, actor: Actor, now: number): Promise<QueuePoll> {
  const [counts, jobs, paused] = await Promise.all([
    activeCounts(db, actor),
    activeJobResources(db, actor, MOST_TASKS, now),
    queuePause(db, actor.userId),
  ]);
  return {
    timestamp: toIso(now)!,
    pending_count: counts.pending,
    processing_count: counts.processing,
    active_tasks: jobs.map((job) => ({ ...job, params: cutTexts(job.params) })),
    has_active_tasks: counts.pending + counts.processing > 0,
    paused,
  };
}

/**
 * What of an answer is news: all but what only time changes. Of an estimate, that is whether there is one; who has it
 * already counts it down from the `timestamp` beside it.
 */
export function newsOf(poll: QueuePoll): unknown {
  const tasks = poll.active_tasks.map(({ progress, ...job }) => ({
    ...job,
    progress: { ...progress, eta_seconds: progress.eta_seconds !== null },
  }));
  return { ...poll, timestamp: null, active_tasks: tasks };
}

/** Prompts are long, and nobody reads them in a progress bar. */
function cutTexts(params: JobResource['params']): JobResource['params'] {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, cut(value)]));
}

function cut(value: unknown): unknown {
  if (typeof value !== 'string' || value.length <= LONGEST_TEXT) return value;
  return `${value.slice(0, LONGEST_TEXT - 1)}…`;
}
