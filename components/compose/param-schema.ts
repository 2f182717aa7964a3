import type { ModelParams, OwnRule } from '#lib/pipelines/model-params';
import type { ModelChoice } from './model-choice.ts';

/** One property of a pipeline's params, as JSON Schema describes it, with what holds of it with one model. */
export interface ParamSchema extends OwnRule {
  type?: string;
  title?: string;
  description?: string;
  default?: unknown;
  /** What the choices are called, where their own words will not do. */
  labels?: Readonly<Record<string, string>>;
  multipleOf?: number;
  minLength?: number;
  maxLength?: number;
  examples?: readonly string[];
}

/** What the form needs to know of a pipeline. */
export interface PipelineForm {
  id: string;
  title: string;
  description: string;
  /** What a person presses to start it. */
  verb: string;
  /** The field of the photo that each job is about; null where it takes none. */
  photoField: string | null;
  /** Whether there is no job without a photo. */
  photoRequired: boolean;
  /** A second picture that a job may take, where there is one; its name is the form's field. */
  endPhoto: { name: string; label: string } | null;
  models: ModelChoice;
  /** What is missing for something that it could do besides, in whole sentences; null for nothing. */
  lack: string | null;
  params: Record<string, ParamSchema>;
  required: readonly string[];
}

/** Which photos may be sent. */
export interface PhotoRules {
  /** In words. */
  limits: string;
  /** MIME types. */
  types: readonly string[];
}

/** The parameter that says in words what is to be made; what is written there stays, whatever else is chosen. */
export const PROMPT = 'prompt';

/**
 * The parameters that a model makes use of, each as it takes it; all of them where the model is not known.
 * @param asked names of those that are asked for all the same
 */
export function paramsWith(
  { params }: Pick<PipelineForm, 'params'>,
  { unused, own }: ModelParams = { unused: [], own: {} },
  asked: readonly string[] = [],
): Record<string, ParamSchema> {
  const isUsed = (name: string) => asked.includes(name) || !unused.includes(name);
  const used = Object.entries(params).filter(([name]) => isUsed(name));
  return Object.fromEntries(used.map(([name, schema]) => [name, { ...schema, ...own[name] }]));
}

const FINE_STEPS = 100;
const MOST_NOTCHES = 1000;

/** How far one notch of a slider goes; a tenth, a hundredth and so on, since a person reads where it stands. */
export function stepOf(schema: ParamSchema): number {
  if (schema.multipleOf !== undefined) return schema.multipleOf;
  if (schema.type === 'integer') return 1;
  return 10 ** Math.round(Math.log10(spanOf(schema) / FINE_STEPS));
}

/**
 * Whether a slider could be set to each value of a number by hand. A seed has too many, and what may be left out has
 * nowhere to stand.
 */
export function fitsSlider(schema: ParamSchema): boolean {
  const { minimum, maximum, default: usual } = schema;
  const isBound = minimum !== undefined && maximum !== undefined && usual !== undefined;
  return isBound && spanOf(schema) / stepOf(schema) <= MOST_NOTCHES;
}

function spanOf({ minimum = 0, maximum = 1 }: ParamSchema): number {
  return maximum - minimum;
}

/** Whether a text is long enough to be written over several lines. */
export function isLongText({ maxLength = 0 }: ParamSchema): boolean {
  return maxLength > 200;
}

/** A parameter's name as words: its title, or `num_layers` as “Num layers”. */
export function labelOf(name: string, schema: ParamSchema | undefined): string {
  const words = name.replaceAll('_', ' ');
  return schema?.title ?? words.charAt(0).toUpperCase() + words.slice(1);
}

/** What one choice of a parameter is called. */
export function optionLabel({ labels }: ParamSchema, option: string | number): string {
  return labels?.[option] ?? labelOf(String(option), undefined);
}

/** What there is to know of a parameter, and which values it can have with the model that is chosen. */
export function hintOf({ description, rule }: ParamSchema): string | undefined {
  if (!rule) return description;
  const sentence = `${rule.charAt(0).toUpperCase()}${rule.slice(1)}.`;
  return description ? `${description} ${sentence}` : sentence;
}
