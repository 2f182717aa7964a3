import { totalmem } from 'node:os';
import type { Settings } from '#lib/config/settings';

/** What is known of how much memory there is, in bytes; 0 is not known. */
interface MemoryFacts {
  /** Of the machine. */
  total: number;
  /** What its container or service may take of it; without such a limit this may be 0 or absurdly high. */
  constrained: number;
  /** What the operator says, which is taken for it. */
  configured: number;
}

/** Bytes that a model may take. */
export function memoryLimit({ total, constrained, configured }: MemoryFacts): number {
  if (configured > 0) return configured;
  return constrained > 0 ? Math.min(total, constrained) : total;
}

/** Bytes that a model may take on this machine: MULTIPLANE_MEMORY_BYTES, else what the system gives this process. */
export function machineMemory({ memoryBytes }: Pick<Settings, 'memoryBytes'>): number {
  const constrained = process.constrainedMemory() ?? 0;
  return memoryLimit({ total: totalmem(), constrained, configured: memoryBytes });
}
