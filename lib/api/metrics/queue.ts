import { Gauge } from 'prom-client';
import type { Database } from '#lib/db/client';
import { allFetches, jobCounts, oldestReadyAge } from '#lib/jobs/queue-state';
import { livingWorkers } from '#lib/jobs/workers';
import { registry } from './registry.ts';

function gauge<const Label extends string>(name: string, help: string, ...labelNames: Label[]) {
  return new Gauge({ name: `multiplane_${name}`, help, labelNames, registers: [registry] });
}

const jobs = gauge('jobs', 'By state. Ended ones are counted once a minute.', 'status');
const oldestReady = gauge(
  'oldest_ready_job_age_seconds',
  'Since the oldest job was made that waits for nothing but its turn.',
);
const workers = gauge('workers', 'Workers that were heard of in the last half minute.');
const capacity = gauge('worker_capacity_jobs', 'Jobs that they can run at once.');
const devices = gauge('worker_devices', 'What they compute on.', 'provider');
const fetched = gauge('weight_fetch_received_bytes', 'Of weights that a worker fetches.', 'model', 'worker');
const toFetch = gauge('weight_fetch_total_bytes', 'Of the same, all there are.', 'model', 'worker');

/** Look up how the queue, the workers and the weights stand. Everything is read before anything is set. */
export async function measureQueue(db: Database, now: number): Promise<void> {
  const counts = await jobCounts(db, now);
  const oldestMs = await oldestReadyAge(db, now);
  const alive = await livingWorkers(db, now);
  const fetches = await allFetches(db);
  for (const [status, total] of Object.entries(counts)) jobs.set({ status }, total);
  oldestReady.set(oldestMs / 1000);
  workers.set(alive.length);
  capacity.set(alive.reduce((sum, worker) => sum + worker.capacity, 0));
  for (const each of [devices, fetched, toFetch]) each.reset();
  for (const { provider } of alive.flatMap((worker) => worker.devices)) devices.inc({ provider });
  for (const { model, workerId: worker, receivedBytes, totalBytes } of fetches) {
    fetched.set({ model, worker }, receivedBytes);
    toFetch.set({ model, worker }, totalBytes);
  }
}
