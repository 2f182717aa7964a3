/** One property of a pipeline's params, as JSON Schema describes it. */
export interface ParamSchema {
  type?: string;
  title?: string;
  description?: string;
  default?: unknown;
  enum?: readonly unknown[];
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

/** How far one notch of a slider goes. */
export function stepOf(schema: ParamSchema): number {
  if (schema.multipleOf !== undefined) return schema.multipleOf;
  if (schema.type === 'integer') return 1;
  return ((schema.maximum ?? 1) - (schema.minimum ?? 0)) / FINE_STEPS;
}

/** A parameter's name as words: its title, or `num_layers` as “Num layers”. */
export function labelOf(name: string, schema: ParamSchema | undefined): string {
  const words = name.replaceAll('_', ' ');
  return schema?.title ?? words.charAt(0).toUpperCase() + words.slice(1);
}
