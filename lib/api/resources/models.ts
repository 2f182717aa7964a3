import { z } from 'zod';
import type { ModelResource } from '#lib/pipelines/model-resource';

/** What a network does for a pipeline. */
export const taskSchema = z.enum(['depth', 'matte', 'inpainting', 'style', 'super-resolution', 'video']);

const bytes = z.number().int().min(0);

const rangeSchema = z
  .object({ default: z.number(), min: z.number(), max: z.number() })
  .meta({ id: 'Range', description: 'What a number may be, and what it is where it is left out.' });

const weightsSchema = z
  .object({
    state: z.enum(['none_needed', 'not_made', 'missing', 'partial', 'present']).meta({
      description:
        '`not_made`: no download brings it, somebody has to make it. `partial`: a part is on this machine.',
    }),
    size_bytes: bytes,
    present_bytes: bytes.meta({ description: 'Bytes on this machine, of downloads under way too.' }),
    files: z.array(
      z.object({
        name: z.string(),
        size_bytes: bytes,
        present_bytes: bytes,
        sha256: z.string(),
        source: z
          .enum(['npm', 'url', 'own', 'exported'])
          .meta({ description: '`own`: part of Multiplane. `exported`: made by the operator.' }),
      }),
    ),
  })
  .meta({ id: 'Weights' });

const generationSchema = z
  .object({
    size: z
      .object({
        default: z.object({ width: z.number().int(), height: z.number().int() }),
        multiple_of: z.number().int(),
        min: z.number().int().meta({ description: 'Least length of a side.' }),
        max_pixels: z.number().int(),
        rule: z.string(),
      })
      .nullable()
      .meta({ description: 'Pixels; null for what paints a photo in its own size.' }),
    frames: rangeSchema
      .extend({ step: z.number().int(), rule: z.string() })
      .meta({ id: 'FrameRange', description: 'A whole number of steps, and one more.' })
      .nullable(),
    fps: rangeSchema.nullable(),
    steps: rangeSchema,
    guidance: rangeSchema,
    schedulers: z.array(z.string()).meta({ description: 'The first is taken where none is named.' }),
  })
  .meta({ id: 'Generation', description: 'What a model that works out of noise can make.' });

/** A model of the catalogue as it is sent. */
export const modelSchema = z
  .object({
    id: z.string().meta({ examples: ['wan-mini'] }),
    title: z.string(),
    task: taskSchema,
    pipelines: z.array(z.string()).meta({
      description:
        'Those that make use of it. It can be asked for as `model` in those that are in `parameters`.',
    }),
    engine: z.enum(['onnx']),
    author: z.string(),
    origin: z.string(),
    licence: z
      .object({ weights: z.string(), package: z.string().nullable() })
      .meta({ description: 'SPDX identifiers: of the weights, and of the package they arrive in.' }),
    set_up: z.enum(['required', 'optional', 'on-demand', 'by-name', 'by-hand']).meta({
      description: 'When its weights arrive: with the install, when they are asked for, or made by somebody.',
    }),
    requires: z
      .array(z.string())
      .meta({ description: 'Tasks of other models that it cannot do without.' }) as z.ZodType<
      ModelResource['requires']
    >,
    end_image: z
      .enum(['unused', 'optional', 'required'])
      .meta({ description: 'What it does with a second picture.' }),
    memory_bytes: bytes
      .nullable()
      .meta({ description: 'What it needs; null where that is not known, and little.' }),
    weights: weightsSchema,
    availability: z
      .object({
        available: z.boolean(),
        reason: z.string().nullable(),
        suggestion: z.string().nullable(),
        bytes_to_fetch: bytes.meta({ description: 'What the first job with it will fetch.' }),
      })
      .meta({ description: 'Whether a job with it can run on this machine, and why not.' }),
    generation: generationSchema.nullable(),
    parameters: z
      .record(z.string(), z.record(z.string(), z.unknown()))
      .meta({ description: 'By pipeline: what the parameters can be with this model, as JSON Schema.' }),
  })
  .meta({
    id: 'Model',
    description: 'A model, what it can make, and how it stands on this machine.',
  }) satisfies z.ZodType<ModelResource>;

/** All that were asked for. */
export const modelListSchema = z.object({ items: z.array(modelSchema) }).meta({ id: 'ModelList' });
