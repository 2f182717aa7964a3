import type { Database } from '#lib/db/client';
import type { JobProgress } from '#lib/db/schema/job-values';
import { MEDIAN, type PastRun, remainingMs, type StageUnderWay, sumOf } from './estimates.ts';
import { type JobInLine, readRunning, type JobUnderWay } from './line.ts';
import { runTimesOf } from './run-times.ts';
import type { Worker } from '../workers.ts';

/** What stands between jobs and their end. */
export interface Situation {
  /** From the front. */
  line: readonly JobInLine[];
  /** Those that live. */
  workers: readonly Worker[];
  now: number;
  /** Which of past runs to go by, as for `remainingMs`. */
  quantile?: number;
}

/** Looks up the runs a job compares with on a worker's machine. */
type History = (worker: Worker, job: JobInLine) => readonly PastRun[];

/**
 * How much longer these jobs take, in milliseconds by id; one of which it is not known is not there. A running job goes
 * by past runs on its machine. Before one that waits lies all that runs or goes first, shared out among the workers.
 */
export async function remainingTimes(
  db: Database,
  ids: ReadonlySet<string>,
  { line, workers, now, quantile = MEDIAN }: Situation,
): Promise<ReadonlyMap<string, number>> {
  const ahead = line.slice(0, line.findLastIndex(({ id }) => ids.has(id)) + 1);
  const running = (await readRunning(db)).filter(({ id }) => ahead.length > 0 || ids.has(id));
  const history = await readHistory(db, workers, [...ahead, ...running]);
  const rests = running.map((job): Rest => {
    const worker = workers.find(({ id }) => id === job.workerId);
    const current = underWay(job, now);
    const ms = worker ? remainingMs(history(worker, job), { ...job, current }, quantile) : null;
    return { id: job.id, ms };
  });
  const ofLine = restsInLine(ahead, sumOf(rests.map(({ ms }) => ms)), { workers, history, quantile });
  const all = [...rests, ...ofLine];
  return new Map(all.flatMap(({ id, ms }) => (ids.has(id) && ms !== null ? [[id, ms]] : [])));
}

interface Rest {
  id: string;
  ms: number | null;
}

/** @param runningMs what all that runs still takes */
function restsInLine(
  line: readonly JobInLine[],
  runningMs: number | null,
  { workers, history, quantile }: { workers: readonly Worker[]; history: History; quantile: number },
): Rest[] {
  const capacity = workers.reduce((sum, worker) => sum + worker.capacity, 0);
  const runMs = remember((job: JobInLine) =>
    slowest(workers.map((worker) => remainingMs(history(worker, job), { ...job, current: null }, quantile))),
  );
  let before = runningMs;
  return line.map((job) => {
    const own = runMs(job);
    const ms = before === null || own === null ? null : before / capacity + own;
    before = sumOf([before, own]);
    return { id: job.id, ms };
  });
}

/** On whichever machine, it does not take longer; null where one of them cannot tell, or there is none. */
function slowest(times: readonly (number | null)[]): number | null {
  return times.length === 0 || times.includes(null) ? null : Math.max(...(times as number[]));
}

/** The same work takes the same time, and a line is mostly more of the same. */
function remember(runMs: (job: JobInLine) => number | null): (job: JobInLine) => number | null {
  const known = new Map<string, number | null>();
  return (job) => {
    const { pipeline, model, inputPixels, done } = job;
    const key = JSON.stringify([pipeline, model, inputPixels, done]);
    if (!known.has(key)) known.set(key, runMs(job));
    return known.get(key)!;
  };
}

function underWay({ progress, updatedAt }: JobUnderWay, now: number): StageUnderWay | null {
  if (!progress?.stage) return null;
  const { stage, step, steps } = progress;
  const sinceMs = Math.max(0, now - updatedAt);
  return { stage, share: steps ? (step ?? 0) / steps : 0, sinceMs, measured: measured(progress, sinceMs) };
}

/** The step that runs has its usual time, less what it has had; it may be overdue, but those after it are to come. */
function measured({ step, steps, pace }: JobProgress, sinceMs: number): StageUnderWay['measured'] {
  if (!pace || step === null || steps === null) return undefined;
  const { stepMs, afterMs } = pace;
  const later = Math.max(0, steps - step - 1) * stepMs;
  return { stageMs: step < steps ? Math.max(0, stepMs - sinceMs) + later : 0, afterMs };
}

async function readHistory(
  db: Database,
  workers: readonly Worker[],
  work: readonly JobInLine[],
): Promise<History> {
  const hosts = [...new Set(workers.map(({ host }) => host))];
  const kinds = new Map(work.map(({ pipeline, model }) => [`${pipeline} ${model}`, { pipeline, model }]));
  const wanted = hosts.flatMap((host) => [...kinds.values()].map((kind) => ({ ...kind, host })));
  const runs = await runTimesOf(db, wanted);
  return ({ host, devices }, { pipeline, model }) =>
    runs.filter(
      (run) =>
        run.pipeline === pipeline &&
        run.model === model &&
        run.host === host &&
        run.device === devices[0]?.provider,
    );
}
