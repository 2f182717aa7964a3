import { z } from 'zod';
import { count, oneOf } from './variables.ts';

const GIB = 1024 ** 3;

/** On what workers compute, and how long they wait for what. */
export interface WorkerSettings {
  provider: 'auto' | 'cpu' | 'webgpu' | 'cuda';
  /** Jobs that run at once on one device. */
  concurrency: number;
  /** Memory that a model may take; 0 is all that the machine has. */
  memoryBytes: number;
  /** Memory of the device that computes; 0 is not known, and taken for enough. */
  deviceMemoryBytes: number;
  /** A model that needs more than this has a process for each of its stages. */
  largeModelBytes: number;
  maxAttempts: number;
  /** How often an idle worker looks for work that it was not nudged for. */
  pollMs: number;
  leaseMs: number;
  /** How long a cancelled run may take to stop by itself before its runner is killed. */
  cancelGraceMs: number;
  /** How long a stopping worker lets its jobs run on before it interrupts them. */
  drainMs: number;
  /** How long a stage may go without progress before it counts as stuck. */
  stageTimeoutMs: number;
}

export const workerVariables = {
  MULTIPLANE_PROVIDER: oneOf(['auto', 'cpu', 'webgpu', 'cuda']).default('auto'),
  MULTIPLANE_CONCURRENCY: count(1, 1, 64),
  MULTIPLANE_MEMORY_BYTES: count(0, 0),
  MULTIPLANE_DEVICE_BYTES: count(0, 0),
  MULTIPLANE_LARGE_MODEL_BYTES: count(4 * GIB, 1),
  MULTIPLANE_MAX_ATTEMPTS: count(3, 1, 25),
  MULTIPLANE_POLL_MS: count(1_000, 10),
  MULTIPLANE_LEASE_MS: count(15_000, 400),
  MULTIPLANE_CANCEL_GRACE_MS: count(1_000, 0, 1_500),
  MULTIPLANE_DRAIN_MS: count(10_000, 0),
  MULTIPLANE_STAGE_TIMEOUT_MS: count(15 * 60_000, 1_000),
};

const variables = z.object(workerVariables);

export function toWorkerSettings(env: z.output<typeof variables>): WorkerSettings {
  return {
    provider: env.MULTIPLANE_PROVIDER,
    concurrency: env.MULTIPLANE_CONCURRENCY,
    memoryBytes: env.MULTIPLANE_MEMORY_BYTES,
    deviceMemoryBytes: env.MULTIPLANE_DEVICE_BYTES,
    largeModelBytes: env.MULTIPLANE_LARGE_MODEL_BYTES,
    maxAttempts: env.MULTIPLANE_MAX_ATTEMPTS,
    pollMs: env.MULTIPLANE_POLL_MS,
    leaseMs: env.MULTIPLANE_LEASE_MS,
    cancelGraceMs: env.MULTIPLANE_CANCEL_GRACE_MS,
    drainMs: env.MULTIPLANE_DRAIN_MS,
    stageTimeoutMs: env.MULTIPLANE_STAGE_TIMEOUT_MS,
  };
}
