import type { JobProgress } from '#lib/db/schema/jobs';
import type { PipelineDeclaration } from './pipeline.ts';

/** How far a stage is: `step` of `steps` done, 0 of 0 where they are not known yet. */
export interface StageCount {
  step: number;
  steps: number;
  /** The model that is being loaded, while one is. */
  loading?: string;
}

/**
 * Where a job is: stages weigh in by their declared share of the time.
 * @param stagesDone how many stages are behind it; the next one runs
 */
export function progressOf(
  pipeline: PipelineDeclaration,
  stagesDone: number,
  { step, steps, loading }: StageCount,
): JobProgress {
  const total = weightOf(pipeline.stages);
  const done = weightOf(pipeline.stages.slice(0, stagesDone));
  const running = pipeline.stages[stagesDone];
  const within = steps > 0 ? step / steps : 0;
  return {
    value: (done + (running?.weight ?? 0) * within) / total,
    stage: running?.name ?? null,
    stagesDone,
    stagesTotal: pipeline.stages.length,
    step: steps > 0 ? step : null,
    steps: steps > 0 ? steps : null,
    ...(loading !== undefined && { loading }),
    message: running ? describe(running.label, { step, steps, loading }) : 'Finishing',
  };
}

function describe(label: string, { step, steps, loading }: StageCount): string {
  if (loading !== undefined) return `${label}, loading ${loading}`;
  return steps > 1 ? `${label}, step ${Math.min(step + 1, steps)} of ${steps}` : label;
}

function weightOf(stages: PipelineDeclaration['stages']): number {
  return stages.reduce((sum, stage) => sum + stage.weight, 0);
}
