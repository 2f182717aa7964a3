/* How long a job still takes, from how long others like it took. Times in milliseconds. */

/** A run that ended well. Its stages stand in the order they ran in. */
export interface PastRun {
  inputPixels: number;
  stageMs: Readonly<Record<string, number>>;
}

/** What is to be done of a job. */
export interface Work {
  inputPixels: number;
  /** Stages that need not run again. */
  done: readonly string[];
  /** The stage that runs, if one does. */
  current: StageUnderWay | null;
}

export interface StageUnderWay {
  stage: string;
  /** How much of it was done when it was last heard of, 0..1. */
  share: number;
  /** How long ago that was. */
  sinceMs: number;
  /** What is left of it at the pace of its own steps, and of the job after it; missing before a step is done. */
  measured?: { stageMs: number; afterMs: number } | undefined;
}

/** With fewer runs to go by, an estimate would be a guess. */
const FEWEST_RUNS = 3;
/** Only the latest are gone by: the machine may have had more or less to do before. */
const MOST_RUNS = 25;
/** How many times larger or smaller a picture may be and still compare. */
const LARGEST_RATIO = 2;

/** Of all runs, those that took no longer than the one that is gone by; the median, unless said otherwise. */
export const MEDIAN = 0.5;

/**
 * What is left to do, by the median of each stage (or another quantile), and of the one that runs by its own steps as soon as there are some.
 * Where past runs say too little, those steps and the declared shares of the stages do; null where there are none, or a
 * stage takes longer than ever.
 * @param past runs of the same pipeline and model on the same machine, oldest first
 */
export function remainingMs(
  past: readonly PastRun[],
  { inputPixels, done, current }: Work,
  quantile = MEDIAN,
): number | null {
  const comparable = past.filter((run) => isComparable(run.inputPixels, inputPixels)).slice(-MOST_RUNS);
  const timesOf = (stage: string) => comparable.flatMap(({ stageMs }) => stageMs[stage] ?? []);
  const stages = Object.keys(comparable.at(-1)?.stageMs ?? {});
  const measured = current?.measured;
  const byShares = measured ? measured.stageMs + measured.afterMs : null;
  if (stages.length === 0) return byShares;
  const ahead = stages.filter((stage) => stage !== current?.stage && !done.includes(stage));
  const parts = ahead.map((stage) => typical(timesOf(stage), quantile));
  if (current) parts.push(measured?.stageMs ?? restOf(timesOf(current.stage), current, quantile));
  return sumOf(parts) ?? byShares;
}

/** The sum, or null where a part is not known. */
export function sumOf(parts: readonly (number | null)[]): number | null {
  return parts.reduce((sum, part) => (sum === null || part === null ? null : sum + part), 0);
}

function isComparable(pixels: number, others: number): boolean {
  return pixels <= LARGEST_RATIO * others && others <= LARGEST_RATIO * pixels;
}

function restOf(
  times: readonly number[],
  { share, sinceMs }: StageUnderWay,
  quantile: number,
): number | null {
  const whole = typical(times, quantile);
  const isOverdue = sinceMs > (1 - share) * Math.max(...times);
  return whole === null || isOverdue ? null : Math.max(0, (1 - share) * whole - sinceMs);
}

/** Between two times where the quantile falls between them. */
function typical(times: readonly number[], quantile: number): number | null {
  if (times.length < FEWEST_RUNS) return null;
  const sorted = times.toSorted((a, b) => a - b);
  const place = quantile * (sorted.length - 1);
  const [below, above] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!];
  return below + (above - below) * (place - Math.floor(place));
}
