import { AUTO, selectModel } from '#lib/models/selection';
import { WeightsMissing } from '#lib/models/weights-missing';
import type { PipelineDeclaration } from './pipeline.ts';

/**
 * Make sure that every network a run needs is here, before any of it is done. Throws as `selectModel` does, WeightsMissing
 * for all that is missing at once.
 */
export function requireModels(
  { tasks, modelTask }: PipelineDeclaration,
  model: string,
  weightsDir: string,
): void {
  const missing = tasks.flatMap((task) =>
    missingFor(() => selectModel(weightsDir, task, task === modelTask ? model : AUTO)),
  );
  if (missing.length === 0) return;
  const toFetch = missing.flatMap((lack) => lack.toFetch);
  throw new WeightsMissing(missing.map(({ message }) => message).join(' '), toFetch);
}

function missingFor(select: () => unknown): WeightsMissing[] {
  try {
    select();
    return [];
  } catch (error) {
    if (error instanceof WeightsMissing) return [error];
    throw error;
  }
}
