import type { FieldError } from '#lib/core/errors';
import { listModels } from '#lib/models/catalogue';
import { AUTO } from '#lib/models/selection';
import { checkImages, IMAGE_FIELDS, type ImageSource } from './check-images.ts';
import { checkParams } from './check-params.ts';
import { checkRepeated } from './check-repeated.ts';
import { wholeNumber } from './check-values.ts';
import { fieldError, refuse } from './field-errors.ts';
import type { PipelineDeclaration } from './pipeline.ts';
import { findPipeline, listPipelines } from './registry.ts';
import type { Submission } from './submission.ts';

/** A request whose fields are all sound. Its pictures have not been looked at yet. */
export interface CheckedSubmission {
  pipeline: PipelineDeclaration;
  model: string;
  params: Record<string, unknown>;
  priority: number;
  images: ImageSource[];
}

const OWN_FIELDS = ['pipeline', 'model', 'priority'];
/** Higher goes first. */
const PRIORITY = { minimum: -10, maximum: 10 };

/**
 * Hold a request against its pipeline's declaration. An empty value counts as none, since forms send their untouched
 * fields. Throws AppError `validation_failed` that lists everything wrong, and what would be right.
 */
export function checkSubmission({ fields, files }: Submission): CheckedSubmission {
  const errors = checkRepeated(fields.map(([name]) => name));
  const values = new Map(fields.filter(([, value]) => value !== '' && value !== null && value !== undefined));
  const pipeline = checkPipeline(values, errors);
  const names = [...fields.map(([name]) => name), ...files.map((sent) => sent.field)];
  errors.push(...unknownFields(pipeline ? [pipeline] : listPipelines(), names));
  if (!pipeline) throw refuse(errors);
  const checked = {
    pipeline,
    model: checkModel(pipeline, values, errors),
    params: checkParams(pipeline, values, errors),
    priority: checkPriority(values, errors),
    images: checkImages(pipeline, values, files, errors),
  };
  if (errors.length > 0) throw refuse(errors);
  return checked;
}

function checkPipeline(values: ReadonlyMap<string, unknown>, errors: FieldError[]) {
  const id = values.get('pipeline');
  const allowed = listPipelines().map((pipeline) => pipeline.id);
  const pipeline = typeof id === 'string' ? findPipeline(id) : undefined;
  if (id === undefined)
    errors.push(fieldError('pipeline', 'required', 'Say which pipeline to run.', allowed));
  else if (!pipeline) errors.push(fieldError('pipeline', 'unknown', 'There is no such pipeline.', allowed));
  return pipeline;
}

/** Fields that none of these pipelines has. */
function unknownFields(pipelines: readonly PipelineDeclaration[], names: string[]): FieldError[] {
  const params = pipelines.flatMap((pipeline) => Object.keys(pipeline.params.shape));
  const allowed = [...OWN_FIELDS, ...params, ...IMAGE_FIELDS];
  const unknown = [...new Set(names)].filter((name) => !allowed.includes(name));
  return unknown.map((name) => fieldError(name, 'unknown_field', `There is no field ${name}.`, allowed));
}

function checkModel(
  pipeline: PipelineDeclaration,
  values: ReadonlyMap<string, unknown>,
  errors: FieldError[],
): string {
  const id = values.get('model') ?? AUTO;
  const fitting = listModels().filter(
    (model) => model.task === pipeline.modelTask && model.pipelines.includes(pipeline.id),
  );
  const allowed = [AUTO, ...fitting.map((model) => model.id)];
  if (typeof id === 'string' && allowed.includes(id)) return id;
  errors.push(fieldError('model', 'unknown', `${pipeline.title} has no such model.`, allowed));
  return AUTO;
}

function checkPriority(values: ReadonlyMap<string, unknown>, errors: FieldError[]): number {
  const priority = wholeNumber(values.get('priority') ?? 0);
  const { minimum, maximum } = PRIORITY;
  if (priority !== null && priority >= minimum && priority <= maximum) return priority;
  const message = `priority is a whole number from ${minimum} to ${maximum}.`;
  errors.push(fieldError('priority', 'out_of_range', message, PRIORITY));
  return 0;
}
