import { formatBytesOf } from '#lib/core/format-bytes';
import type { Database } from '#lib/db/client';
import type { JobError } from '#lib/db/schema/job-values';
import { LINE_COUNTED, readLine } from './estimates/line.ts';
import { type QueuePause, queuePause } from './queue-control.ts';
import { remainingTimes } from './estimates/remaining-times.ts';
import type { Job } from './resource.ts';
import { fetchesOf, type WeightFetch } from './weight-fetches.ts';
import { livingWorkers, type Worker } from './workers.ts';

export interface Wait {
  /** Its turn among everybody's jobs that are ready, from 1; null for a job that is not, or stands far behind. */
  queuePosition: number | null;
  waitingReason: string | null;
  /** Milliseconds until it is done, judged by past runs; null where they say too little. */
  etaMs: number | null;
}

/** Everything a job can wait for, as people read it. */
const REASONS = {
  by_operator: 'The operator has paused all queues',
  by_you: 'Your queue is paused',
  batchPaused: 'Its batch is paused',
  noWorker: 'No worker is running',
  weightsMissing: ({ message, suggestions }: JobError) =>
    ['Weights missing:', message, ...suggestions].join(' '),
  fetching: ({ title, receivedBytes, totalBytes }: WeightFetch, others: number) => {
    const next = others === 0 ? '' : `, then ${others} ${others === 1 ? 'other' : 'others'}`;
    return `Fetching ${title}: ${formatBytesOf(receivedBytes, totalBytes)}${next}`;
  },
  fetchFailed: ({ title, error }: WeightFetch) => `Fetching ${title} failed: ${error}`,
  retryAt: (runAt: number) => `Trying again at ${new Date(runAt).toISOString().slice(11, 19)} UTC`,
  retryDue: 'Trying again as soon as a worker is free',
  next: 'Next in line',
  behind: (others: number) => `Behind ${others} ${others === 1 ? 'job' : 'jobs'}`,
  farBehind: `Behind more than ${LINE_COUNTED} jobs`,
  loading: (model: string) => `Loading the model ${model}`,
};

const NO_WAIT: Wait = { queuePosition: null, waitingReason: null, etaMs: null };

/** Where the jobs of one owner stand in the queue, what they wait for and how long still; in the order of `owned`. */
export async function describeWaits(db: Database, owned: readonly Job[], now: number): Promise<Wait[]> {
  const active = owned.filter(isActive);
  const [first] = active;
  if (!first) return owned.map(() => NO_WAIT);
  const pause = await queuePause(db, first.ownerId);
  const line = pause === null && active.some(isReady) ? await readLine(db) : [];
  const workers = await livingWorkers(db, now);
  const lasting = active.filter(({ cancelRequestedAt }) => cancelRequestedAt === null);
  const ids = new Set(lasting.map(({ id }) => id));
  const remaining = await remainingTimes(db, ids, { line, workers, now });
  const positions = new Map(line.map(({ id }, index) => [id, index + 1]));
  const fetches = await readFetches(db, active, workers);
  const queue = { pause, positions, hasWorker: workers.length > 0, fetches, now };
  return owned.map((job) => ({
    queuePosition: positions.get(job.id) ?? null,
    waitingReason: reasonOf(job, queue),
    etaMs: remaining.get(job.id) ?? null,
  }));
}

/** What the workers that live say of the weights these jobs wait for. */
async function readFetches(db: Database, waiting: Job[], workers: Worker[]): Promise<WeightFetch[]> {
  const models = new Set(waiting.flatMap(({ error }) => error?.models ?? []));
  if (models.size === 0) return [];
  return fetchesOf(
    db,
    [...models],
    workers.map(({ id }) => id),
  );
}

interface Queue {
  pause: QueuePause;
  positions: ReadonlyMap<string, number>;
  hasWorker: boolean;
  fetches: readonly WeightFetch[];
  now: number;
}

/** The first thing in its way. */
function reasonOf(job: Job, queue: Queue): string | null {
  if (job.status === 'processing')
    return job.progress?.loading ? REASONS.loading(job.progress.loading) : null;
  if (job.status !== 'pending') return null;
  if (queue.pause) return REASONS[queue.pause];
  if (job.held && job.batchId !== null) return REASONS.batchPaused;
  if (!queue.hasWorker) return REASONS.noWorker;
  const fetching = untilFetched(job, queue.fetches);
  if (fetching) return fetching;
  return job.scheduled ? untilNextAttempt(job, queue) : untilItsTurn(job, queue.positions);
}

function untilFetched({ error }: Job, fetches: readonly WeightFetch[]): string | null {
  const underWay = fetchesFor(error, fetches).filter((fetch) => fetch.error === null);
  const [current] = underWay.toSorted((a, b) => b.receivedBytes - a.receivedBytes);
  const models = new Set(underWay.map(({ model }) => model));
  return current ? REASONS.fetching(current, models.size - 1) : null;
}

function fetchesFor(error: JobError | null, fetches: readonly WeightFetch[]): WeightFetch[] {
  return fetches.filter(({ model }) => error?.models?.includes(model));
}

function untilNextAttempt({ error, runAt }: Job, { fetches, now }: Queue): string {
  if (error?.code === 'weights_missing') return untilSeenTo(error, fetchesFor(error, fetches));
  return runAt > now ? REASONS.retryAt(runAt) : REASONS.retryDue;
}

/** What will not be tried again by itself is for people. */
function untilSeenTo(error: JobError, failed: readonly WeightFetch[]): string {
  const [first] = failed.toSorted((a, b) => (a.retryAt ?? Infinity) - (b.retryAt ?? Infinity));
  if (!first) return REASONS.weightsMissing(error);
  const reason = REASONS.fetchFailed(first);
  if (first.retryAt !== null) return `${reason} ${REASONS.retryAt(first.retryAt)}`;
  return REASONS.weightsMissing({ ...error, message: reason });
}

function untilItsTurn({ id }: Job, positions: Queue['positions']): string {
  const position = positions.get(id);
  if (position !== undefined && position > 1) return REASONS.behind(position - 1);
  const isCounted = position === 1 || positions.size < LINE_COUNTED;
  return isCounted ? REASONS.next : REASONS.farBehind;
}

function isActive({ status }: Job): boolean {
  return status === 'pending' || status === 'processing';
}

function isReady({ status, scheduled, held }: Job): boolean {
  return status === 'pending' && !scheduled && !held;
}
