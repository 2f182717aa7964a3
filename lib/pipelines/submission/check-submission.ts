import type { Actor } from '#lib/core/actor';
import { checkImages, IMAGE_FIELDS, type ImageSource } from './check-images.ts';
import { checkRepeated } from './check-names.ts';
import { checkPipeline, checkSetting, givenValues, type Setting } from './check-setting.ts';
import { refuse } from './field-errors.ts';
import type { Submission } from './submission.ts';

/** A request whose fields are all sound. Its pictures have not been looked at yet. */
export interface CheckedSubmission extends Setting {
  images: ImageSource[];
}

/** Names the batch that the job is to be one of. */
export const BATCH_FIELD = 'batch_id';

/**
 * Hold a request against its pipeline's declaration. Throws AppError `validation_failed` that lists everything wrong, and
 * what would be right.
 */
export function checkSubmission({ fields, files }: Submission, actor: Actor): CheckedSubmission {
  const fieldNames = fields.map(([name]) => name);
  const names = [...fieldNames, ...files.map((sent) => sent.field)];
  const errors = checkRepeated(fieldNames);
  const values = givenValues(fields);
  const pipeline = checkPipeline(values, names, [BATCH_FIELD, ...IMAGE_FIELDS], errors);
  const setting = checkSetting(pipeline, values, actor, errors);
  const images = checkImages(pipeline, values, files, errors);
  if (errors.length > 0) throw refuse(errors);
  return { ...setting, images };
}
