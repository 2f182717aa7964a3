import type { AppError } from '#lib/core/errors';
import { formatBytes } from '#lib/core/format-bytes';
import { ownMachine } from '#lib/models/availability';
import type { Model } from '#lib/models/model';
import { AUTO, fittingModels, selectModel } from '#lib/models/selection';
import { standingHere } from '#lib/models/standing';
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
  const { obstacle, bytesToFetch } = standingHere(model) ?? { obstacle: null, bytesToFetch: 0 };
  const toFetch = bytesToFetch > 0 ? formatBytes(bytesToFetch) : null;
  return { obstacle: obstacle && toBar(obstacle), toFetch };
}

function toBar({ message, suggestion }: AppError): NonNullable<ModelOption['obstacle']> {
  return { message, suggestion: suggestion ?? null };
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
