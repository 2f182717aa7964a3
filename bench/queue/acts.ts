import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import type { Queue } from './contender.ts';
import { processorMs } from './processor-time.ts';

/* What the process of a contender can be asked to do, by name; see contender-process.ts. Times in milliseconds. */

const BULK = 1_000;

export interface Actor {
  queue: Queue;
  /** Say to the parent that a job starts to run at this moment. */
  announceStart(atMs: number): void;
}

export const ACTS = {
  /** Time to put `count` jobs in, one by one. */
  enqueueOneByOne: ({ queue }: Actor, count: number) =>
    timed(async () => {
      for (let made = 0; made < count; made++) await queue.enqueue();
    }),

  /** The same by 1000 jobs a call. */
  enqueueInBulk: ({ queue }: Actor, count: number) =>
    timed(async () => {
      for (let made = 0; made < count; made += BULK) await queue.enqueueMany(Math.min(BULK, count - made));
    }),

  /** Time to run all of the `jobs` jobs that wait, and to maintain the store after it. */
  drain: ({ queue }: Actor, jobs: number, concurrency: number) =>
    timed(async () => {
      await queue.drain(jobs, concurrency);
      await queue.maintain?.();
    }),

  /** Run what comes, and announce it. */
  listen: ({ queue, announceStart }: Actor) => queue.listen!(async () => announceStart(monotonicMs())),

  /** Put one job in; the moment just before. */
  async enqueueOne({ queue }: Actor): Promise<number> {
    const before = monotonicMs();
    await queue.enqueue();
    return before;
  },

  /** Put jobs in as a web process does, one in a turn of the event loop, for this long; the longest gap between turns. */
  async longestGap({ queue }: Actor, forMs: number): Promise<number> {
    const gaps = monitorEventLoopDelay({ resolution: 1 });
    gaps.enable();
    for (const end = monotonicMs() + forMs; monotonicMs() < end; await delay(1)) await queue.enqueue();
    gaps.disable();
    return gaps.max / 1e6;
  },

  /** Write as hard as it goes, in bulk and one by one, for this long. */
  async writeHard({ queue }: Actor, forMs: number) {
    for (const end = monotonicMs() + forMs; monotonicMs() < end; await queue.maintain?.()) {
      await queue.enqueueMany(BULK);
      for (let made = 0; made < BULK; made++) await queue.enqueue();
    }
  },

  processorMs: async () => processorMs(),
};

/** A clock that all processes of a machine share. */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

async function timed(act: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await act();
  return performance.now() - startedAt;
}
