import { AUTO, selectModel } from '#lib/models/selection';
import type { PipelineDeclaration } from './pipeline.ts';

/** Make sure that every network a run needs is here, before any of it is done. Throws as `selectModel` does. */
export function requireModels(
  { tasks, modelTask }: PipelineDeclaration,
  model: string,
  weightsDir: string,
): void {
  for (const task of tasks) selectModel(weightsDir, task, task === modelTask ? model : AUTO);
}
