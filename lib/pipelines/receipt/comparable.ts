/** Members of a JSON output that tell how long the run took, and not what came of it. */
const OF_THE_RUN: ReadonlySet<string> = new Set(['timings_ms']);

/** The text by which a JSON output is compared: its value on one line, without the members that tell of the run. */
export function comparableText(json: string): string {
  const value: unknown = JSON.parse(json);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return JSON.stringify(value);
  return JSON.stringify(Object.fromEntries(Object.entries(value).filter(([name]) => !OF_THE_RUN.has(name))));
}
