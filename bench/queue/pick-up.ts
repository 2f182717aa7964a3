import { setTimeout as delay } from 'node:timers/promises';
import type { Contender } from './contender.ts';
import { ContenderProcess } from './contender-process.ts';
import { quantile } from './medians.ts';

const JOBS = 200;
const WARM_UP = 20;
/** Pauses between jobs, so that the worker is back to waiting, and in step with nothing. */
const SHORTEST_PAUSE_MS = 4;
const LONGEST_PAUSE_MS = 14;

/** Milliseconds. */
export interface PickUp {
  p50: number;
  p99: number;
}

/** One round: from the call that enqueues a job in one process until the job runs in another, which had nothing to do. */
export async function measurePickUp(contender: Contender, folder: string): Promise<PickUp> {
  const worker = await ContenderProcess.start(contender, folder);
  const web = await ContenderProcess.start(contender, folder);
  await worker.ask('listen');
  const times: number[] = [];
  for (let sent = 0; sent < WARM_UP + JOBS; sent++) {
    await delay(SHORTEST_PAUSE_MS + Math.random() * (LONGEST_PAUSE_MS - SHORTEST_PAUSE_MS));
    const [startedAt, enqueuedAt] = await Promise.all([worker.nextStart(), web.ask('enqueueOne')]);
    times.push(startedAt - enqueuedAt);
  }
  await web.stop();
  await worker.stop();
  const warm = times.slice(WARM_UP);
  return { p50: quantile(warm, 0.5), p99: quantile(warm, 0.99) };
}
