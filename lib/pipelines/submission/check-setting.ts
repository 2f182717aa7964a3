import type { Actor } from '#lib/core/actor';
import type { AppError, FieldError } from '#lib/core/errors';
import { obstacleHere } from '#lib/models/availability';
import { findModel } from '#lib/models/catalogue';
import { AUTO, fittingModels } from '#lib/models/selection';
import { checkUnknown } from './check-names.ts';
import { checkParams } from './check-params.ts';
import { wholeNumber } from './check-values.ts';
import { fieldError, refuse } from './field-errors.ts';
import type { PipelineDeclaration } from '../pipeline.ts';
import { findPipeline, listPipelines } from '../registry.ts';

/** What is to be done with a picture, or with each of many. */
export interface Setting {
  pipeline: PipelineDeclaration;
  model: string;
  params: Record<string, unknown>;
  priority: number;
}

export type Values = ReadonlyMap<string, unknown>;

const SETTING_FIELDS = ['pipeline', 'model', 'priority'];
/** Higher goes first. */
export const LOWEST_PRIORITY = -10;
export const HIGHEST_PRIORITY = { user: 0, admin: 10 };

/** The values of a request by name. An empty one counts as none, since forms send their untouched fields. */
export function givenValues(fields: readonly (readonly [name: string, value: unknown])[]): Values {
  return new Map(fields.filter(([, value]) => value !== '' && value !== null && value !== undefined));
}

/**
 * The pipeline of a request, once its field names are known to be of it; what else is wrong is added to `errors`.
 * @param others the names a request may have besides those of a setting
 *
 * Throws AppError `validation_failed` where no pipeline is named.
 */
export function checkPipeline(
  values: Values,
  names: readonly string[],
  others: readonly string[],
  errors: FieldError[],
): PipelineDeclaration {
  const pipeline = namedPipeline(values, errors);
  const params = (pipeline ? [pipeline] : listPipelines()).flatMap(({ params }) => Object.keys(params.shape));
  errors.push(...checkUnknown(names, [...SETTING_FIELDS, ...params, ...others]));
  if (!pipeline) throw refuse(errors);
  return pipeline;
}

/** The setting of a request with its defaults filled in; what is wrong with it is added to `errors`. */
export function checkSetting(
  pipeline: PipelineDeclaration,
  values: Values,
  actor: Actor,
  errors: FieldError[],
): Setting {
  return {
    pipeline,
    model: checkModel(pipeline, values, errors),
    params: checkParams(pipeline, values, errors),
    priority: checkPriority(values, actor, errors),
  };
}

function namedPipeline(values: Values, errors: FieldError[]): PipelineDeclaration | undefined {
  const id = values.get('pipeline');
  const allowed = listPipelines().map((pipeline) => pipeline.id);
  const pipeline = typeof id === 'string' ? findPipeline(id) : undefined;
  if (id === undefined)
    errors.push(fieldError('pipeline', 'required', 'Say which pipeline to run.', allowed));
  else if (!pipeline) errors.push(fieldError('pipeline', 'unknown', 'There is no such pipeline.', allowed));
  return pipeline;
}

function checkModel(pipeline: PipelineDeclaration, values: Values, errors: FieldError[]): string {
  const id = values.get('model') ?? AUTO;
  const { modelTask: task } = pipeline;
  const fitting = task === null ? [] : fittingModels({ task, pipeline: pipeline.id });
  const allowed = [AUTO, ...fitting.map((model) => model.id)];
  if (typeof id === 'string' && allowed.includes(id)) return checkObstacle(id, errors);
  errors.push(fieldError('model', 'unknown', `${pipeline.title} has no such model.`, allowed));
  return AUTO;
}

/** A model that is listed, but cannot be run here, whatever is fetched. */
function checkObstacle(id: string, errors: FieldError[]): string {
  const model = findModel(id);
  const obstacle = model && obstacleHere(model);
  if (obstacle) errors.push(fieldError('model', 'unavailable', sentences(obstacle)));
  return id;
}

function sentences({ message, suggestion }: AppError): string {
  return suggestion ? `${message} ${suggestion}` : message;
}

/** Everybody may let a job of theirs wait for others; to put one before others takes an administrator. */
function checkPriority(values: Values, { role }: Actor, errors: FieldError[]): number {
  const priority = wholeNumber(values.get('priority') ?? 0);
  const [minimum, maximum] = [LOWEST_PRIORITY, HIGHEST_PRIORITY[role]];
  if (priority !== null && priority >= minimum && priority <= maximum) return priority;
  const isReserved = priority !== null && priority > maximum && priority <= HIGHEST_PRIORITY.admin;
  const [code, who] = isReserved ? ['forbidden', ' for you'] : ['out_of_range', ''];
  const message = `priority is a whole number from ${minimum} to ${maximum}${who}.`;
  errors.push(fieldError('priority', code, message, { minimum, maximum }));
  return 0;
}
