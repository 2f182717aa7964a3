import type { Actor } from '#lib/core/actor';
import type { Database } from '#lib/db/client';
import type { Creation } from '#lib/db/creation';
import { type SentFile, takeIn } from '#lib/media/intake';
import type { Upload } from '#lib/media/queries';
import type { FileStore } from '#lib/media/store/store';
import { notAFile } from '#lib/pipelines/submission/check-images';
import { checkUnknown } from '#lib/pipelines/submission/check-names';
import { fieldError, refuse } from '#lib/pipelines/submission/field-errors';
import { discardSubmission, type Submission } from '#lib/pipelines/submission/submission';

const FIELD = 'image';

/**
 * Keep the one picture of a form, sent in the field `image`. Its temporary file is gone in the end.
 * Throws AppError `validation_failed`, or the refusals of `probeImage`.
 */
export async function takeUpload(
  db: Database,
  store: FileStore,
  actor: Actor,
  submission: Submission,
  now: number,
  creation?: Creation,
): Promise<Upload> {
  try {
    return await takeIn(db, store, actor, { ...onlyFile(submission), kept: true }, now, creation);
  } finally {
    await discardSubmission(submission);
  }
}

function onlyFile({ fields, files }: Submission): SentFile {
  const names = [...fields.map(([name]) => name), ...files.map((sent) => sent.field)];
  const errors = checkUnknown(names, [FIELD]);
  const [sent, another] = files.filter((file) => file.field === FIELD);
  if (fields.some(([name]) => name === FIELD)) errors.push(notAFile(FIELD));
  else if (!sent) errors.push(fieldError(FIELD, 'required', `Send a picture as the file ${FIELD}.`));
  if (another) errors.push(fieldError(FIELD, 'duplicate', 'Send one picture at a time.'));
  if (!sent || errors.length > 0) throw refuse(errors);
  return sent;
}
