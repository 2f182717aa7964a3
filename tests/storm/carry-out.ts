import { count, type SQL, sql } from 'drizzle-orm';
import { jobs } from '#lib/db/schema/jobs';
import { waitFor } from '../wait-for.ts';
import type { Cluster } from './cluster.ts';
import type { Action, Plan } from './plan.ts';
import type { Requests } from './requests.ts';

/** Longer than any job waits for its next attempt. */
const AFTER_EVERY_RETRY_MS = 11 * 60_000;

interface Storm {
  cluster: Cluster;
  requests: Requests;
}

/** Do what is planned, each thing once enough has happened before it, or nothing more would happen without it. */
export async function carryOut(plan: Plan, storm: Storm): Promise<void> {
  const underWay: Promise<void>[] = [];
  for (const { after, action } of plan.steps) {
    await untilSeen(storm, after);
    underWay.push(perform(action, storm));
  }
  await Promise.all(underWay);
  await storm.requests.settled();
}

/** Wait until every job has ended, and let time pass for those that wait for their next attempt. */
export async function untilSpent(storm: Storm): Promise<void> {
  const { cluster } = storm;
  while ((await countJobs(cluster, ACTIVE)) > 0) {
    await untilSeen(storm, Number.POSITIVE_INFINITY);
    cluster.clocks.passTime(AFTER_EVERY_RETRY_MS);
  }
}

/** Wait until this much has happened, or nothing is left that could happen by itself. */
async function untilSeen(storm: Storm, events: number): Promise<void> {
  const { cluster } = storm;
  for (let seen = cluster.seen(); seen < events && !(await isIdle(storm)); seen = cluster.seen()) {
    await waitFor('something to happen', async () => cluster.seen() > seen || isIdle(storm));
  }
}

const ACTIVE = sql`status IN ('pending', 'processing')`;

/** Whether nobody waits for an answer, no job runs, and none is due. */
async function isIdle({ cluster, requests }: Storm): Promise<boolean> {
  if (requests.underWay > 0) return false;
  const isDue = sql`status = 'pending' AND held = 0 AND run_at <= ${cluster.clocks.latest()}`;
  return (await countJobs(cluster, sql`status = 'processing' OR (${isDue})`)) === 0;
}

async function countJobs({ studio }: Cluster, condition: SQL): Promise<number> {
  const [row] = await studio.db.select({ total: count() }).from(jobs).where(condition);
  return row!.total;
}

async function perform(action: Action, { cluster, requests }: Storm): Promise<void> {
  switch (action.do) {
    case 'submit':
      return requests.submit(action.jobs);
    case 'cancel':
    case 'retry':
    case 'delete':
      return requests[action.do](action.job);
    case 'cancel running':
      await cluster.untilClaimed(requests.jobs[action.job]!);
      return requests.cancel(action.job);
    case 'stop':
    case 'start':
      return requests.controlQueue(action.owner, action.do);
    case 'pause':
    case 'resume':
      return requests.controlBatch(action.job, action.do);
    case 'freeze':
      return cluster.freeze(action.worker);
    case 'shift clock':
      return cluster.clocks.shift(action.worker, action.byMs);
    case 'kill':
      return kill(action, cluster);
  }
}

async function kill(action: Action & { do: 'kill' }, cluster: Cluster): Promise<void> {
  switch (action.victim) {
    case 'web':
      return cluster.killWeb();
    case 'worker':
      return cluster.killWorker(action.worker);
    case 'runner':
      return cluster.killRunner(action.worker);
  }
}
