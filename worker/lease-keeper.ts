import type { Clock } from '#lib/core/clock';
import type { Logger } from '#lib/core/logger';
import type { Database } from '#lib/db/client';
import { type Lease, renewLease } from '#lib/jobs/lease';

const LONGEST_INTERVAL_MS = 500;

/** Why a run has to stop before its end. */
export type StopReason = 'cancelled' | 'lost' | 'interrupted';

/** Thrown where a write to the job found the lease gone. */
export class LeaseLost extends Error {}

export interface LeaseKeeper {
  /** Aborted with a StopReason when the job was cancelled or the lease was lost. */
  signal: AbortSignal;
  stop(): void;
}

/**
 * Keep a lease alive while its job runs. The same heartbeat carries a person's cancel back, which is why it beats
 * at least twice a second. A lease that could not be renewed in its time counts as lost.
 */
export function keepLease(
  db: Database,
  lease: Lease,
  { leaseMs, clock, log }: { leaseMs: number; clock: Clock; log: Logger },
): LeaseKeeper {
  const controller = new AbortController();
  const stopFor = (reason: StopReason) => controller.abort(reason);
  let renewedAt = performance.now();
  let timer: NodeJS.Timeout;
  let stopped = false;

  const beat = async () => {
    const askedAt = performance.now();
    try {
      const state = await renewLease(db, lease, clock() + leaseMs);
      renewedAt = askedAt;
      if (state === 'lost') return stopFor('lost');
      if (state === 'cancel_requested') stopFor('cancelled');
      if (state === 'paused') stopFor('interrupted');
    } catch (error) {
      log.warn({ err: error, jobId: lease.jobId }, 'lease not renewed');
      if (performance.now() - renewedAt > leaseMs) return stopFor('lost');
    }
    if (!stopped) schedule();
  };
  const schedule = () => {
    timer = setTimeout(beat, Math.min(LONGEST_INTERVAL_MS, leaseMs / 3));
  };
  schedule();
  const stop = () => {
    stopped = true;
    clearTimeout(timer);
  };
  return { signal: controller.signal, stop };
}
