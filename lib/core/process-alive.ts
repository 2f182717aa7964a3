/** Whether a process of this machine exists, be it ours or, as far as we may not signal it, somebody else's. */
export function isProcessAlive(pid: number): boolean {
  // Zero and negative numbers would name whole groups of processes.
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
