import { asc, desc, inArray, sql } from 'drizzle-orm';
import type { Database } from '#lib/db/client';
import { jobs } from '#lib/db/schema/jobs';
import { READY } from './conditions.ts';
import { type QueuePause, queuePause } from './queue-control.ts';
import type { Job } from './resource.ts';
import { isWorkerAlive } from './workers.ts';

export interface Wait {
  /** Its turn among everybody's jobs that are ready, from 1; null for a job that is not, or stands far behind. */
  queuePosition: number | null;
  waitingReason: string | null;
}

/** How much of the line is counted, so that looking at it takes the same time however long it is. */
const LINE_COUNTED = 1000;
const NO_WAIT: Wait = { queuePosition: null, waitingReason: null };
const PAUSED = { by_you: 'Your queue is paused', by_operator: 'The operator has paused all queues' };

/** Where the jobs of one owner stand in the queue, and what they wait for, in words; in the order of `owned`. */
export async function describeWaits(db: Database, owned: readonly Job[], now: number): Promise<Wait[]> {
  const pending = owned.filter((job) => job.status === 'pending');
  const [first] = pending;
  if (!first) return owned.map(() => NO_WAIT);
  const positions = await positionsOf(db, pending);
  const line = {
    positions,
    pause: await queuePause(db, first.ownerId),
    alive: await isWorkerAlive(db, now),
    now,
  };
  return owned.map((job) => (job.status === 'pending' ? describe(job, line) : NO_WAIT));
}

interface Line {
  positions: ReadonlyMap<string, number>;
  pause: QueuePause;
  alive: boolean;
  now: number;
}

function describe(job: Job, { positions, pause, alive, now }: Line): Wait {
  if (pause) return outOfLine(PAUSED[pause]);
  if (job.runAt > now) return outOfLine(`Trying again at ${timeOfDay(job.runAt)}`);
  const position = positions.get(job.id) ?? null;
  return { queuePosition: position, waitingReason: alive ? behind(position) : 'No worker is running' };
}

function outOfLine(waitingReason: string): Wait {
  return { queuePosition: null, waitingReason };
}

/** The places of these jobs among the first of the line. */
async function positionsOf(db: Database, pending: readonly Job[]): Promise<Map<string, number>> {
  const line = db
    .select({
      id: jobs.id,
      position: sql<number>`row_number() OVER (ORDER BY priority DESC, vt, id)`.as('position'),
    })
    .from(jobs)
    .where(READY)
    .orderBy(desc(jobs.priority), asc(jobs.vt), asc(jobs.id))
    .limit(LINE_COUNTED)
    .as('line');
  const given = sql`(SELECT value FROM json_each(${JSON.stringify(pending.map(({ id }) => id))}))`;
  const rows = await db.select().from(line).where(inArray(line.id, given));
  return new Map(rows.map(({ id, position }) => [id, position]));
}

function timeOfDay(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(11, 19)} UTC`;
}

function behind(position: number | null): string {
  if (position === null) return `Behind more than ${LINE_COUNTED} jobs`;
  if (position === 1) return 'Next in line';
  return `Behind ${position - 1} ${position === 2 ? 'job' : 'jobs'}`;
}
