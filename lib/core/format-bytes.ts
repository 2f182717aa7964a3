const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];
const STEP = 1024;

/** A size for people, each unit 1024 of the one before, as the limits are set: 812 B, 37 kB, 2.3 MB, 10 MB. */
export function formatBytes(bytes: number): string {
  let [size, unit] = [bytes, 0];
  // Rounded first, so that a byte less than a megabyte is not 1024 kB.
  for (; Math.round(size) >= STEP && unit < UNITS.length - 1; unit += 1) size /= STEP;
  const digits = unit < 2 || Number.isInteger(size) || size >= 100 ? 0 : 1;
  return `${size.toFixed(digits)} ${UNITS[unit]}`;
}

/** How much of a size is there, the unit said once where it is the same: 12 of 49 MB, 812 kB of 49 MB. */
export function formatBytesOf(bytes: number, totalBytes: number): string {
  const [part, whole] = [formatBytes(bytes), formatBytes(totalBytes)];
  const unit = whole.slice(whole.indexOf(' '));
  const isSaidOnce = bytes === 0 || part.endsWith(unit);
  return `${isSaidOnce ? part.slice(0, part.indexOf(' ')) : part} of ${whole}`;
}
