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
 * at least twice a second. A lease that could not be renewed in its time counts as lost, be it that the database
 * refused or that it never answered.
 */
export function keepLease(
  db: Database,
  lease: Lease,
  { leaseMs, clock, log }: { leaseMs: number; clock: Clock; log: Logger },
): LeaseKeeper {
  const controller = new AbortController();
  const stopFor = (reason: StopReason) => controller.abort(reason);
  const intervalMs = Math.min(LONGEST_INTERVAL_MS, leaseMs / 3);
  let renewedAt = performance.now();
  let timer: NodeJS.Timeout;
  let stopped = false;

  const beat = async () => {
    const askedAt = performance.now();
    try {
      // After a pause of this process the lease is overdue, and may still be ours: the database is asked all the same.
      const withinMs = Math.max(LONGEST_INTERVAL_MS, renewedAt + leaseMs - askedAt);
      const state = await inTime(renewLease(db, lease, clock() + leaseMs), withinMs);
      renewedAt = askedAt;
      if (state === 'lost') return stopFor('lost');
      if (state === 'cancel_requested') stopFor('cancelled');
      if (state === 'paused') stopFor('interrupted');
    } catch (error) {
      log.warn({ err: error, jobId: lease.jobId }, 'lease not renewed');
      if (performance.now() - renewedAt >= leaseMs) return stopFor('lost');
    }
    if (!stopped) schedule();
  };
  const schedule = () => {
    timer = setTimeout(beat, intervalMs);
  };
  schedule();
  const stop = () => {
    stopped = true;
    clearTimeout(timer);
  };
  return { signal: controller.signal, stop };
}

/** An answer that comes within its time. Throws where it does not; what was asked for may happen all the same. */
async function inTime<T>(answer: Promise<T>, withinMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The database did not answer in time.')), withinMs);
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
