import type { JobProgress } from '#lib/db/schema/job-values';
import type { StageDeclaration } from './pipeline.ts';

/** How far a stage is: `step` of `steps` done, 0 of 0 where they are not known yet. */
export interface StageCount {
  step: number;
  steps: number;
  /** Milliseconds that a step has taken in this attempt; missing before one is done. */
  stepMs?: number | undefined;
  /** The model that is being loaded, while one is. */
  loading?: string;
}

/**
 * Where a job of these stages is: they weigh in by their declared share of the time.
 * @param stagesDone how many stages are behind it; the next one runs
 */
export function progressOf(
  stages: readonly StageDeclaration[],
  stagesDone: number,
  { step, steps, stepMs, loading }: StageCount,
): JobProgress {
  const total = weightOf(stages);
  const done = weightOf(stages.slice(0, stagesDone));
  const running = stages[stagesDone];
  const within = steps > 0 ? step / steps : 0;
  const after = total - done - (running?.weight ?? 0);
  return {
    value: (done + (running?.weight ?? 0) * within) / total,
    stage: running?.name ?? null,
    stagesDone,
    stagesTotal: stages.length,
    step: steps > 0 ? step : null,
    steps: steps > 0 ? steps : null,
    ...(loading !== undefined && { loading }),
    ...(running &&
      stepMs !== undefined && { pace: { stepMs, afterMs: (steps * stepMs * after) / running.weight } }),
    message: running ? describe(running.label, { step, steps, loading }) : 'Finishing',
  };
}

function describe(label: string, { step, steps, loading }: StageCount): string {
  if (loading !== undefined) return `${label}, loading ${loading}`;
  return steps > 1 ? `${label}, step ${Math.min(step + 1, steps)} of ${steps}` : label;
}

function weightOf(stages: readonly StageDeclaration[]): number {
  return stages.reduce((sum, stage) => sum + stage.weight, 0);
}
