import { isProcessAlive } from '#lib/core/process-alive';
import { thisMachine } from '#lib/core/this-machine';
import type { JobError } from '#lib/db/schema/job-values';
import { runningJobs } from '#lib/jobs/queries';
import type { RunningJob } from '#lib/jobs/resource';
import { rescueJob } from '#lib/jobs/transitions';
import { removeWorker, workersOn } from '#lib/jobs/workers';
import type { WorkerContext } from '../context.ts';
import type { LeaseWatch } from './lease-watch.ts';

/**
 * Bring back the jobs of workers that are gone: those whose lease ran out, and at once those of a worker on this
 * machine whose process no longer exists.
 */
export async function rescueAbandoned(
  context: WorkerContext,
  leases: LeaseWatch,
  steadyNow: () => number = () => performance.now(),
): Promise<void> {
  const { db, clock, log, settings } = context;
  const dead = await deadNeighbours(context);
  const running = await runningJobs(db);
  const abandoned = new Set(leases.runOut(running, settings.leaseMs, steadyNow()));
  for (const job of running) {
    if (!abandoned.has(job) && !dead.includes(job.workerId!)) continue;
    const rescued = await rescueJob(db, job, workerLost(job), clock());
    if (rescued) log.warn({ jobId: job.id, attempt: job.attempt, lostWorker: job.workerId }, 'job rescued');
  }
  for (const workerId of dead) await removeWorker(db, workerId);
}

async function deadNeighbours({ db, workerId }: WorkerContext): Promise<string[]> {
  const neighbours = await workersOn(db, thisMachine());
  return neighbours.filter(({ id, pid }) => id !== workerId && isGone(pid)).map(({ id }) => id);
}

/** Our own process id in another worker's row means that the id was used again, as it is in a container. */
function isGone(pid: number): boolean {
  return pid === process.pid || !isProcessAlive(pid);
}

function workerLost(job: RunningJob): JobError {
  const workers = job.rescues === 0 ? 'The worker' : `${job.rescues + 1} workers, one after the other,`;
  return {
    code: 'runner_lost',
    message: `${workers} stopped while running this job.`,
    stage: job.progress?.stage ?? null,
    retryable: true,
    suggestions: ['Try again; if it happens each time, this job may need more memory than the machine has.'],
  };
}
