import { drill } from './drill.ts';
import { photoRealistic } from './photo-realistic.ts';
import type { PipelineRun } from './run.ts';

/** Every pipeline's heavy half, under the id of its declaration in lib/pipelines. */
const RUNS: Readonly<Record<string, PipelineRun>> = { 'photo-realistic': photoRealistic, drill };

export function findRun(id: string): PipelineRun | undefined {
  return Object.hasOwn(RUNS, id) ? RUNS[id] : undefined;
}
