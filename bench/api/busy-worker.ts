import type { Database } from '#lib/db/client';
import { reportProgress } from '#lib/jobs/lease';
import { claimJobs } from '#lib/jobs/transitions';
import { registerHeartbeat } from '#lib/jobs/workers';
import { identity } from '#worker/maintenance/identity';

/** As often as a worker writes it. */
const PROGRESS_EVERY_MS = 200;
const STEPS = 1_000_000;
const WORKER = { id: 'bench', devices: [], capacity: 1, nudgePort: null };

/** Hold the job that goes next as a worker does, and write how far it is five times a second. Returns what ends that. */
export async function startBusyWorker(db: Database): Promise<() => void> {
  const now = Date.now();
  // Beats once, for the whole time.
  await registerHeartbeat(db, { ...WORKER, ...identity() }, now + 3_600_000);
  const [job] = await claimJobs(db, { workerId: WORKER.id, limit: 1, leaseMs: 3_600_000 }, now);
  const lease = { jobId: job!.id, workerId: WORKER.id, fence: job!.fence };
  let step = 0;
  const write = () => {
    step += 1;
    const counts = { stage: 'denoise', stagesDone: 0, stagesTotal: 1, step, steps: STEPS };
    const progress = { ...counts, value: step / STEPS, message: `Denoising, step ${step}` };
    void reportProgress(db, lease, progress, Date.now());
  };
  const timer = setInterval(write, PROGRESS_EVERY_MS);
  return () => clearInterval(timer);
}
