import type { WorkerContext } from '../context.ts';
import { beat } from './heartbeat.ts';
import { rescueAbandoned } from './rescue.ts';
import { sweepFiles } from './sweep.ts';
import { checkpoint } from '#lib/db/client';

interface Chore {
  name: string;
  everyMs: number;
  run(context: WorkerContext): Promise<unknown>;
}

/** Everything that has to happen now and then, whatever the queue does. */
const CHORES: Chore[] = [
  { name: 'heartbeat', everyMs: 5_000, run: beat },
  { name: 'rescue', everyMs: 1_000, run: rescueAbandoned },
  { name: 'checkpoint', everyMs: 10_000, run: ({ db }) => checkpoint(db) },
  { name: 'sweep', everyMs: 10 * 60_000, run: sweepFiles },
];

/** Run every chore once, then each at its interval, until the returned function is called. */
export async function startMaintenance(context: WorkerContext): Promise<() => void> {
  const timers = new Map<Chore, NodeJS.Timeout>();
  let stopped = false;
  const repeat = async (chore: Chore) => {
    try {
      await chore.run(context);
    } catch (error) {
      context.log.error({ err: error, chore: chore.name }, 'maintenance failed');
    }
    if (!stopped)
      timers.set(
        chore,
        setTimeout(() => void repeat(chore), chore.everyMs),
      );
  };
  for (const chore of CHORES) await repeat(chore);
  return () => {
    stopped = true;
    for (const timer of timers.values()) clearTimeout(timer);
  };
}
