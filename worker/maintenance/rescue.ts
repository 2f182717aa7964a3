import { hostname } from 'node:os';
import { isProcessAlive } from '#lib/core/process-alive';
import type { JobError } from '#lib/db/schema/jobs';
import { abandonedJobs } from '#lib/jobs/queries';
import type { Job } from '#lib/jobs/resource';
import { rescueJob } from '#lib/jobs/transitions';
import { removeWorker, workersOn } from '#lib/jobs/workers';
import type { WorkerContext } from '../context.ts';

/**
 * Bring back the jobs of workers that are gone: those whose lease ran out, and at once those of a worker on this
 * machine whose process no longer exists.
 */
export async function rescueAbandoned(context: WorkerContext): Promise<void> {
  const { db, clock, log } = context;
  const dead = await deadNeighbours(context);
  for (const job of await abandonedJobs(db, dead, clock())) {
    const rescued = await rescueJob(db, job, workerLost(job), clock());
    if (rescued) log.warn({ jobId: job.id, attempt: job.attempt, lostWorker: job.workerId }, 'job rescued');
  }
  for (const workerId of dead) await removeWorker(db, workerId);
}

async function deadNeighbours({ db, workerId }: WorkerContext): Promise<string[]> {
  const neighbours = await workersOn(db, hostname());
  return neighbours.filter(({ id, pid }) => id !== workerId && isGone(pid)).map(({ id }) => id);
}

/** Our own process id in another worker's row means that the id was used again, as it is in a container. */
function isGone(pid: number): boolean {
  return pid === process.pid || !isProcessAlive(pid);
}

function workerLost(job: Job): JobError {
  return {
    code: 'runner_lost',
    message: 'The worker stopped while it ran this job.',
    stage: job.progress?.stage ?? null,
    retryable: true,
    suggestions: ['Try again; if it happens each time, this job may need more memory than the machine has.'],
  };
}
