import { settings } from '#lib/config/settings';
import type { AppError } from '#lib/core/errors';
import { formatBytes } from '#lib/core/format-bytes';
import { absenceOf, obstacleTo, ownMachine } from '#lib/models/availability';
import { bytesToFetch } from '#lib/models/download-plan';
import type { Model } from '#lib/models/model';
import { AUTO, fittingModels, selectModel } from '#lib/models/selection';
import { isDownloadable, isPresent } from '#lib/models/weights';
import { WeightsMissing } from '#lib/models/weights-missing';
import { settledModel } from '#lib/pipelines/models';
import type { ModelHints, PipelineDeclaration } from '#lib/pipelines/pipeline';
import type { ModelChoice, ModelOption } from '#components/compose/model-choice.ts';

const HINTS = [true, false].flatMap((endImage) => [true, false].map((prompt) => ({ endImage, prompt })));

/** The models of a pipeline, each with what stands in its way and what it makes of the parameters. */
export function toModelChoice(declaration: PipelineDeclaration): ModelChoice {
  const { id: pipeline, modelTask: task } = declaration;
  if (task === null) return { options: [], auto: [] };
  const models = fittingModels({ task, pipeline });
  return {
    options: models.map((model) => toOption(declaration, model)),
    auto: HINTS.map((hints) => ({ ...hints, modelId: autoModel(declaration, hints) })),
  };
}

function toOption({ paramsWith }: PipelineDeclaration, model: Model): ModelOption {
  const { id, title, endImage = 'unused' } = model;
  const { unused, own } = paramsWith?.(model) ?? { unused: [], own: {} };
  return { id, title, endImage, unused, own, ...standingOf(model) };
}

/** What stands in a model's way, where the workers are on this machine; of others, only they know. */
function standingOf(model: Model): Pick<ModelOption, 'obstacle' | 'toFetch'> {
  const { databaseUrl, weightsDir, fetchWeights } = settings();
  const free = { obstacle: null, toFetch: null };
  if (!databaseUrl.startsWith('file:')) return free;
  const obstacle = obstacleTo(model);
  if (obstacle) return barredBy(obstacle);
  if (isPresent(weightsDir, model)) return free;
  if (!fetchWeights || !isDownloadable(model)) return barredBy(absenceOf(model, weightsDir));
  return { ...free, toFetch: formatBytes(bytesToFetch(weightsDir, model)) };
}

function barredBy({ message, suggestion }: AppError): Pick<ModelOption, 'obstacle' | 'toFetch'> {
  return { obstacle: { message, suggestion: suggestion ?? null }, toFetch: null };
}

/** What `auto` stands for: what the pipeline says, or else the best that is here. */
function autoModel(declaration: PipelineDeclaration, hints: ModelHints): string | null {
  const settled = settledModel(declaration, AUTO, hints);
  if (settled !== AUTO) return settled;
  try {
    const need = { task: declaration.modelTask!, pipeline: declaration.id };
    return selectModel(ownMachine(), need, AUTO).id;
  } catch (error) {
    if (error instanceof WeightsMissing) return null;
    throw error;
  }
}
