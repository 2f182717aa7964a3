import { checkpoint } from '#lib/db/client';
import type { WorkerContext } from '../context.ts';
import { beat } from './heartbeat.ts';
import { LeaseWatch } from './lease-watch.ts';
import { pruneByLimits } from './prune.ts';
import { pruneAudit } from './prune-audit.ts';
import { rescueAbandoned } from './rescue.ts';
import { sweepRegularly } from './sweep.ts';
import { pruneWebhookHistory } from './webhook-history.ts';

interface Chore {
  name: string;
  everyMs: number;
  /** One that may take long the first time: the worker does not wait for it before it begins. */
  slow?: boolean;
  /** `previousAt` is when the run before began that went well; null where there was none. */
  run(context: WorkerContext, previousAt: number | null): Promise<unknown>;
}

const leases = new LeaseWatch();

/** Everything that has to happen now and then, whatever the queue does. */
const CHORES: Chore[] = [
  { name: 'heartbeat', everyMs: 5_000, run: beat },
  { name: 'rescue', everyMs: 1_000, run: (context) => rescueAbandoned(context, leases) },
  { name: 'checkpoint', everyMs: 10_000, run: ({ db }) => checkpoint(db) },
  { name: 'prune', everyMs: 10 * 60_000, slow: true, run: pruneByLimits },
  { name: 'audit', everyMs: 60 * 60_000, slow: true, run: pruneAudit },
  { name: 'sweep', everyMs: 30 * 60_000, slow: true, run: sweepRegularly },
  { name: 'webhook history', everyMs: 60 * 60_000, slow: true, run: pruneWebhookHistory },
];

/** Run every chore now, then each at its interval, until the returned function is called. */
export async function startMaintenance(context: WorkerContext): Promise<() => void> {
  const timers = new Map<Chore, NodeJS.Timeout>();
  let stopped = false;
  const repeat = async (chore: Chore, previousAt: number | null = null) => {
    let lastAt = previousAt;
    const beganAt = context.clock();
    try {
      await chore.run(context, previousAt);
      lastAt = beganAt;
    } catch (error) {
      context.log.error({ err: error, chore: chore.name }, 'maintenance failed');
    }
    if (!stopped)
      timers.set(
        chore,
        setTimeout(() => void repeat(chore, lastAt), chore.everyMs),
      );
  };
  for (const chore of CHORES) {
    const first = repeat(chore);
    if (!chore.slow) await first;
  }
  return () => {
    stopped = true;
    for (const timer of timers.values()) clearTimeout(timer);
  };
}
