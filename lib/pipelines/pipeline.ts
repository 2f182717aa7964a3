import type { z } from 'zod';
import type { ModelTask } from '#lib/models/model';

/** A picture a pipeline takes. The role is also its field name in the API. */
export interface ImageRole {
  name: 'image' | 'end_image';
  label: string;
  required: boolean;
}

export interface StageDeclaration {
  name: string;
  /** What a person reads while it runs. */
  label: string;
  /** Its share of a job's time, against the other stages'; only their ratio counts. */
  weight: number;
}

/**
 * The light half of a pipeline: what it takes, what it makes and in which stages. The form, the validation, the
 * OpenAPI document and the worker all read this one declaration; the heavy half bears the same name in
 * `worker/pipelines`.
 */
export interface PipelineDeclaration {
  id: string;
  title: string;
  description: string;
  /** What a person presses to start it, such as “Make layers”. */
  verb: string;
  /** The pictures of one job; the first is the one it is about. */
  images: readonly ImageRole[];
  /** An object schema; each property becomes a form field and an API field of its own name. */
  params: z.ZodObject;
  /** The task whose model the caller may choose; `auto` takes the best one present, and is all there is where null. */
  modelTask: ModelTask | null;
  /** Every task the run needs a network for, `modelTask` included; the catalogue says which models do it. */
  tasks: readonly ModelTask[];
  stages: readonly StageDeclaration[];
}
