import { z } from 'zod';
import { AUTO, fittingModels } from '#lib/models/selection';
import type { ImageRole, PipelineDeclaration } from '#lib/pipelines/pipeline';
import { listPipelines } from '#lib/pipelines/registry';
import { BATCH_UPLOADS, takesOnePicture } from '#lib/pipelines/submission/check-batch';
import { BATCH_FILES } from '#lib/pipelines/submission/check-images';
import { HIGHEST_PRIORITY, LOWEST_PRIORITY } from '#lib/pipelines/submission/check-setting';

/*
 * What a submission may hold, for who reads of it: made from the pipelines' declarations, as its checks are, with one
 * alternative for each pipeline. Files go only with multipart forms.
 */

type Fields = Record<string, z.ZodType>;

/** A job, as a multipart form. */
export function generateForm(): z.ZodType {
  return z.xor([...listPipelines().map((pipeline) => jobSchema(pipeline, true)), memberSchema(true)]);
}

/** A job, as JSON or a short form. */
export function generateFields(): z.ZodType {
  return z.xor([...listPipelines().map((pipeline) => jobSchema(pipeline, false)), memberSchema(false)]);
}

/** A batch, as a multipart form. */
export function batchForm(): z.ZodType {
  return z.xor(batchPipelines().map((pipeline) => batchSchema(pipeline, true)));
}

/** A batch, as JSON or a short form. */
export function batchFields(): z.ZodType {
  return z.xor(batchPipelines().map((pipeline) => batchSchema(pipeline, false)));
}

/** An upload. */
export function uploadForm(): z.ZodType {
  return z.strictObject({ image: z.file().meta({ description: 'The picture, with a file name' }) });
}

function jobSchema(pipeline: PipelineDeclaration, withFiles: boolean): z.ZodType {
  const images = pipeline.images.map((role) => imageFields(role, withFiles));
  return z
    .strictObject(Object.assign(settingFields(pipeline), ...images, pipeline.params.shape) as Fields)
    .meta({ id: `${nameOf(pipeline)}Job${withFiles ? 'Form' : ''}`, description: pipeline.description });
}

/** One more job of a batch that is there already. */
function memberSchema(withFiles: boolean): z.ZodType {
  const photo = { name: 'image', label: 'Photo', required: true } as const;
  return z.strictObject({ batch_id: z.uuid(), ...imageFields(photo, withFiles) }).meta({
    id: `BatchMember${withFiles ? 'Form' : ''}`,
    description: 'One more picture of a batch, which has the setting.',
  });
}

function batchSchema(pipeline: PipelineDeclaration, withFiles: boolean): z.ZodType {
  const files = z.array(z.file()).optional().meta({ description: 'The pictures' });
  return z
    .strictObject({
      ...settingFields(pipeline),
      name: z.string().min(1).max(100).optional(),
      ...(withFiles ? { [BATCH_FILES]: files } : {}),
      [BATCH_UPLOADS]: z.array(z.uuid()).optional().meta({ description: 'Pictures that were sent before' }),
      ...pipeline.params.shape,
    })
    .meta({ id: `${nameOf(pipeline)}Batch${withFiles ? 'Form' : ''}`, description: pipeline.description });
}

function batchPipelines(): PipelineDeclaration[] {
  return listPipelines().filter(takesOnePicture);
}

function settingFields({ id, modelTask: task }: PipelineDeclaration): Fields {
  const models = task === null ? [] : fittingModels({ task, pipeline: id }).map((model) => model.id);
  return {
    pipeline: z.literal(id),
    model: z.enum([AUTO, ...models]).default(AUTO),
    priority: z.int().min(LOWEST_PRIORITY).max(HIGHEST_PRIORITY.admin).default(0).meta({
      description: 'Higher goes first; above 0 takes an administrator',
    }),
  };
}

/** The ways to send a picture, of which one is to be taken. */
function imageFields({ name, label, required }: ImageRole, withFile: boolean): Fields {
  const need = required ? 'Needed in one of the ways' : 'Optional';
  const file = z
    .file()
    .optional()
    .meta({ description: `${label}, with a file name. ${need}.` });
  return {
    ...(withFile ? { [name]: file } : {}),
    [`${name}_upload_id`]: z
      .uuid()
      .optional()
      .meta({ description: `${label}: an upload made before. ${need}.` }),
    [`${name}_url`]: z
      .string()
      .optional()
      .meta({
        description: `${label}: gs://bucket/object, or an https address that the operator allows. ${need}.`,
      }),
  };
}

/** `photo-realistic` is `PhotoRealistic`. */
function nameOf({ id }: PipelineDeclaration): string {
  return id.replaceAll(/(?:^|-)(\w)/g, (_match, letter: string) => letter.toUpperCase());
}
