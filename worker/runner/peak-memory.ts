import { writeFileSync } from 'node:fs';

/** Start anew to watch for the highest resident memory of this process, where the system can (Linux, proc(5)). */
export function resetPeakMemory(): void {
  try {
    writeFileSync('/proc/self/clear_refs', '5');
  } catch {
    // Then the peak is that of the process's whole life.
  }
}

/** The highest resident memory since the reset, in bytes. */
export function peakMemory(): number {
  return process.resourceUsage().maxRSS * 1024;
}
