import { z } from 'zod';
import type { Actor } from '#lib/core/actor';
import type { FieldError } from '#lib/core/errors';
import type { SentFile } from '#lib/media/intake';
import { findModel } from '#lib/models/catalogue';
import { BATCH_FILES, notAFile } from './check-images.ts';
import { checkRepeated } from './check-names.ts';
import { checkPipeline, checkSetting, givenValues, type Setting, type Values } from './check-setting.ts';
import { checkValues } from './check-values.ts';
import { fieldError, refuse } from './field-errors.ts';
import type { PipelineDeclaration } from '../pipeline.ts';
import type { Submission } from './submission.ts';

/** Where a picture of a batch comes from: a file of this request, or what is said to be an upload made before. */
export type BatchSource = { sent: SentFile } | { uploadId: string };

/** A request for a batch whose setting is sound. Its pictures have not been looked at yet; there may be none. */
export interface CheckedBatch extends Setting {
  name: string | null;
  sources: BatchSource[];
}

/** The field of pictures that were sent before. */
export const BATCH_UPLOADS = 'image_upload_ids';
const nameSchema = z.strictObject({ name: z.string().trim().min(1).max(100).optional() });
const OTHER_FIELDS = [...Object.keys(nameSchema.shape), BATCH_FILES, BATCH_UPLOADS];

/**
 * Hold a request for a batch against its pipeline's declaration.
 * @param most how many pictures a batch may have
 *
 * Throws AppError `validation_failed` that lists everything wrong, and what would be right.
 */
export function checkBatch({ fields, files }: Submission, actor: Actor, most: number): CheckedBatch {
  const single = fields.filter(([name]) => name !== BATCH_UPLOADS);
  const fieldNames = single.map(([name]) => name);
  const errors = checkRepeated(fieldNames);
  const values = givenValues(single);
  const names = [...fieldNames, ...files.map((sent) => sent.field)];
  const pipeline = checkPipeline(values, names, OTHER_FIELDS, errors);
  if (!takesOnePicture(pipeline)) {
    const message = `${pipeline.title} cannot be run for each of many pictures.`;
    errors.push(fieldError('pipeline', 'not_batchable', message));
  }
  const setting = checkSetting(pipeline, values, actor, errors);
  if (findModel(setting.model)?.endImage === 'required') {
    errors.push(
      fieldError(
        'model',
        'not_batchable',
        'This model needs two pictures, and a batch has one for each job.',
      ),
    );
  }
  const { name = null } = checkValues(nameSchema, values, errors) ?? {};
  const sources = checkSources(values, { fields, files }, most, errors);
  if (errors.length > 0) throw refuse(errors);
  return { ...setting, name, sources };
}

/** Whether a picture is all that a job needs. */
export function takesOnePicture({ images: [main, ...others] }: PipelineDeclaration): boolean {
  return main !== undefined && !others.some(({ required }) => required);
}

function checkSources(
  values: Values,
  { fields, files }: Submission,
  most: number,
  errors: FieldError[],
): BatchSource[] {
  const sent = files.filter(({ field }) => field === BATCH_FILES).map((file) => ({ sent: file }));
  const ids = fields
    .flatMap(([name, value]) => (name === BATCH_UPLOADS ? value : []))
    .filter((id) => id !== '' && id !== null);
  const uploads = ids.filter((id) => typeof id === 'string').map((uploadId) => ({ uploadId }));
  if (values.has(BATCH_FILES)) errors.push(notAFile(BATCH_FILES));
  if (uploads.length < ids.length) {
    errors.push(fieldError(BATCH_UPLOADS, 'invalid', `${BATCH_UPLOADS} is a list of ids of uploads.`));
  }
  if (sent.length > 0 && uploads.length > 0) {
    errors.push(
      fieldError(BATCH_UPLOADS, 'conflict', `Send either ${BATCH_FILES} or ${BATCH_UPLOADS}, not both.`),
    );
  }
  const [field, sources] = sent.length > 0 ? [BATCH_FILES, sent] : [BATCH_UPLOADS, uploads];
  if (sources.length > most) {
    const message = `A batch takes at most ${most} pictures; ${sources.length} were sent.`;
    errors.push(fieldError(field, 'too_many', message, { maximum: most }));
  }
  return sources;
}
