import { AppError } from '#lib/core/errors';
import { findModel } from '#lib/models/catalogue';
import type { ModelTask } from '#lib/models/model';
import type { StageContext } from '#worker/pipelines/run';

/** Id of the model that a job runs for a task. Throws where its pipeline does not say that it needs one. */
export function modelFor(
  { models, pipeline }: Pick<StageContext, 'models' | 'pipeline'>,
  task: ModelTask,
): string {
  const id = models.find((candidate) => findModel(candidate)?.task === task);
  if (id === undefined) throw new AppError('internal', `The pipeline ${pipeline} asks for no ${task} model.`);
  return id;
}
