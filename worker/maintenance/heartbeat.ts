import { registerHeartbeat, removeWorker } from '#lib/jobs/workers';
import type { WorkerContext } from '../context.ts';
import { identity } from './identity.ts';

/** Say that this worker lives, and what it computes on. */
export async function beat(context: WorkerContext): Promise<void> {
  const { db, workerId, device, nudgePort, capacity, clock } = context;
  const { provider, note } = device;
  const worker = {
    id: workerId,
    ...identity(),
    devices: [{ provider, note }],
    capacity,
    nudgePort,
  };
  await registerHeartbeat(db, worker, clock());
}

export async function sayGoodbye({ db, workerId }: WorkerContext): Promise<void> {
  await removeWorker(db, workerId);
}
