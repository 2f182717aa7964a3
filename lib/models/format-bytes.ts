const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

/** A number of bytes for a person, in decimal units: 5160836 is “5.2 MB”. */
export function formatBytes(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  return `${(bytes / 1000 ** power).toFixed(power === 0 ? 0 : 1)} ${UNITS[power]}`;
}
