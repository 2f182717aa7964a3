import { drill } from '#lib/pipelines/drill';
import type { Evidence } from './examine.ts';
import { endsClaim, type LogLine } from './process-logs.ts';

/**
 * Every stage ran to its end once, and began again only where what ran it was cut off before. Told by the workers' logs,
 * which each process wrote while it lived, and not by the rows they left.
 */
export function examineStages({ cluster: { logs, workers }, rows }: Evidence): string[] {
  const killed = new Set(workers.flatMap((seat) => [...seat.killed]));
  return [...byJob(logs.lines)].flatMap(([jobId, lines]) => {
    const isCompleted = rows.get(jobId)?.status === 'completed';
    const problems = [
      ...claimProblems(lines),
      ...drill.stages.flatMap(({ name }) => stageProblems(name, { lines, killed, isCompleted })),
    ];
    return problems.map((problem) => `${jobId}: ${problem}`);
  });
}

function byJob(lines: LogLine[]): Map<string, LogLine[]> {
  const found = new Map<string, LogLine[]>();
  for (const line of lines) {
    if (line.jobId === undefined) continue;
    const earlier = found.get(line.jobId);
    if (earlier) earlier.push(line);
    else found.set(line.jobId, [line]);
  }
  return found;
}

function claimProblems(lines: LogLine[]): string[] {
  return repeated(lines.filter(({ msg }) => msg === 'job started')).map(
    (fence) => `was claimed more than once under lease ${fence}.`,
  );
}

interface JobHistory {
  lines: LogLine[];
  /** Logs of workers that were killed. */
  killed: ReadonlySet<string>;
  isCompleted: boolean;
}

function stageProblems(stage: string, { lines, killed, isCompleted }: JobHistory): string[] {
  const ofStage = lines.filter((line) => line.stage === stage);
  const starts = ofStage.filter(({ msg }) => msg === 'stage started').toSorted(byFence);
  const ends = ofStage.filter(({ msg }) => msg === 'stage finished');
  const endOf = (start: LogLine) => lines.find((line) => endsClaim(line, start));
  const wasCut = (start: LogLine) => {
    const end = endOf(start);
    return killed.has(start.log) || (end !== undefined && end.outcome !== 'completed');
  };
  // A worker that has lost its lease may begin a stage before it finds out, and drops it.
  const rightful = starts.filter((start) => endOf(start)?.outcome !== 'lost');
  const wrong = {
    'began twice under one lease': repeated(starts).length > 0,
    'was finished more than once': ends.length > 1,
    'began again after it was finished': rightful.some(({ fence }) => fence! > (ends[0]?.fence ?? Infinity)),
    'was neither finished nor cut off': starts.some(
      (start) => !wasCut(start) && !ends.some(({ fence }) => fence === start.fence),
    ),
    'was never finished': isCompleted && ends.length === 0 && !starts.some(({ log }) => killed.has(log)),
    'went on from an older checkpoint than before': wentBack(rightful),
  };
  return Object.entries(wrong).flatMap(([what, isSo]) => (isSo ? `stage ${stage} ${what}.` : []));
}

function wentBack(starts: LogLine[]): boolean {
  return starts.some(({ checkpoint }, index) => (checkpoint ?? 0) < (starts[index - 1]?.checkpoint ?? 0));
}

/** Leases that more than one of the lines is about. */
function repeated(lines: LogLine[]): number[] {
  const fences = lines.map(({ fence }) => fence!);
  return fences.filter((fence, index) => fences.indexOf(fence) !== index);
}

function byFence(a: LogLine, b: LogLine): number {
  return a.fence! - b.fence!;
}
