import type { z } from 'zod';
import type { FieldError } from '#lib/core/errors';
import type { Model, ModelTask } from '#lib/models/model';
import type { ModelParams } from './model-params.ts';

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
  /** The models it is a stage with; with every one, where it names none. */
  models?: readonly string[];
}

/** A request for a job whose fields are sound each by itself, and whose pictures have been looked at. */
export interface PipelineRequest {
  model: string;
  params: Readonly<Record<string, unknown>>;
  /** Pixels of each picture, by its role. */
  images: Readonly<Record<string, { width: number; height: number }>>;
}

/** What of a request decides on its model, where none is named. */
export interface ModelHints {
  endImage: boolean;
  /** Whether there is a prompt; none, where nothing is said. */
  prompt?: boolean;
}

/** What is to be said of a request as a whole. */
export interface Review {
  /** Why it is refused. */
  errors: FieldError[];
  /** What its sender should know; kept with the job. */
  warnings: string[];
  /** The parameters that are carried out, where they are not those that were given. */
  params?: Record<string, unknown>;
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
  /** The model that `auto` stands for, where that hangs on what is asked and not on what is present. */
  autoModel?: (given: ModelHints) => string;
  /** What a model makes of the parameters, where that is not the same with each. */
  paramsWith?: (model: Model) => ModelParams;
  /**
   * Every task the run needs a network for, `modelTask` included; the catalogue says which models do it. What only some
   * model requires, that model says.
   */
  tasks: readonly ModelTask[];
  stages: readonly StageDeclaration[];
  /** What this machine lacks for something that the pipeline could do besides, in whole sentences for the form; null for nothing. */
  lack?: () => string | null;
  /** What is to be said of a request beyond what holds of every pipeline. */
  review?: (request: PipelineRequest) => Review;
}

/** The stages of a job with this model. */
export function stagesOf({ stages }: Pick<PipelineDeclaration, 'stages'>, model: string): StageDeclaration[] {
  return stages.filter(({ models }) => models === undefined || models.includes(model));
}
