/** One property of a pipeline's params, as JSON Schema describes it. */
export interface ParamSchema {
  type?: string;
  title?: string;
  description?: string;
  default?: unknown;
  enum?: readonly unknown[];
  /** What the choices are called, where their own words will not do. */
  labels?: Readonly<Record<string, string>>;
  minimum?: number;
  maximum?: number;
  multipleOf?: number;
  minLength?: number;
  maxLength?: number;
}

/** What the form needs to know of a pipeline. */
export interface PipelineForm {
  id: string;
  title: string;
  description: string;
  /** What a person presses to start it. */
  verb: string;
  /** The field of the photo that each job is about. */
  photoField: string;
  /** Whether there is no job without a photo. */
  photoRequired: boolean;
  /** A second picture that a job may take, where there is one; its name is the form's field. */
  endPhoto: { name: string; label: string } | null;
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

const FINE_STEPS = 100;
const MOST_NOTCHES = 1000;

/** How far one notch of a slider goes; a tenth, a hundredth and so on, since a person reads where it stands. */
export function stepOf(schema: ParamSchema): number {
  if (schema.multipleOf !== undefined) return schema.multipleOf;
  if (schema.type === 'integer') return 1;
  return 10 ** Math.round(Math.log10(spanOf(schema) / FINE_STEPS));
}

/** Whether a slider could be set to each value of a number by hand; a seed has too many. */
export function fitsSlider(schema: ParamSchema): boolean {
  const { minimum, maximum } = schema;
  return minimum !== undefined && maximum !== undefined && spanOf(schema) / stepOf(schema) <= MOST_NOTCHES;
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
