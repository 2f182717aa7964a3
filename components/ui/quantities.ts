/** A duration as people say it: 0.4 s, 12 s, 3 min 20 s. */
export function formatDuration(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  return `${minutes} min ${Math.round(seconds - minutes * 60)} s`;
}

const KIB = 1024;
const MIB = KIB * KIB;

/** A size as the limits are written: 812 B, 37 KB, 10 MB, 2.3 MB, each unit 1024 of the one before. */
export function formatBytes(bytes: number): string {
  if (bytes < KIB) return `${bytes} B`;
  if (bytes < MIB) return `${Math.round(bytes / KIB)} KB`;
  const digits = bytes % MIB === 0 || bytes >= 100 * MIB ? 0 : 1;
  return `${(bytes / MIB).toFixed(digits)} MB`;
}
