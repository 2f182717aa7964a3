/** A duration as people say it: 0.4 s, 12 s, 3 min 20 s. Rounded first, so that no 60 s is left over. */
export function formatDuration(ms: number): string {
  const tenths = Math.round(ms / 100);
  if (tenths < 100) return `${(tenths / 10).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];
const STEP = 1024;

/** A size as the limits are written: 812 B, 37 kB, 10 MB, 2.3 MB. Told as `lib/core/format-bytes` tells it. */
export function formatBytes(bytes: number): string {
  let [size, unit] = [bytes, 0];
  for (; Math.round(size) >= STEP && unit < UNITS.length - 1; unit += 1) size /= STEP;
  const digits = unit < 2 || Number.isInteger(size) || size >= 100 ? 0 : 1;
  return `${size.toFixed(digits)} ${UNITS[unit]}`;
}
