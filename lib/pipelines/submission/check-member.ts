import type { Actor } from '#lib/core/actor';
import type { FieldError } from '#lib/core/errors';
import type { Batch } from '#lib/jobs/batches/batches';
import type { ImageSource } from './check-images.ts';
import { givenValues } from './check-setting.ts';
import { type CheckedSubmission, checkSubmission } from './check-submission.ts';
import { fieldError, refuse } from './field-errors.ts';
import type { PipelineDeclaration } from '../pipeline.ts';
import type { Submission } from './submission.ts';

/**
 * Hold a request for one more job of a batch against its declaration. The setting is the batch's; what the request says
 * of it all the same has to agree. Throws AppError `validation_failed`, as `checkSubmission` does.
 */
export function checkMember({ fields, files }: Submission, batch: Batch, actor: Actor): CheckedSubmission {
  const { pipeline, model, priority, params } = batch;
  const setting = Object.entries({ pipeline, model, priority, ...params });
  const said = givenValues(fields);
  const unsaid = setting.filter(([name]) => !said.has(name));
  const others = fields.filter(([name]) => unsaid.every(([field]) => field !== name));
  const checked = checkSubmission({ fields: [...others, ...unsaid], files }, actor);
  const meant: Record<string, unknown> = { ...checked, ...checked.params, pipeline: checked.pipeline.id };
  const otherwise = setting.filter(([name, value]) => meant[name] !== value);
  const errors = otherwise.map(([name, value]) =>
    fieldError(name, 'conflict', `The batch has another ${name}; leave it out here.`, [value]),
  );
  errors.push(...checkOnePicture(checked.pipeline, checked.images));
  if (errors.length > 0) throw refuse(errors);
  return checked;
}

/** A batch has one picture for each of its jobs: the one the job is about. */
function checkOnePicture(pipeline: PipelineDeclaration, images: readonly ImageSource[]): FieldError[] {
  const main = pipeline.images[0]?.name;
  // Then it is not the batch's pipeline, which has been said.
  if (main === undefined) return [];
  const others = images.filter(({ role }) => role !== main);
  const errors = others.map(({ role }) => fieldError(role, 'not_accepted', `A batch takes no ${role}.`));
  if (others.length < images.length) return errors;
  return [...errors, fieldError(main, 'required', `A job of a batch needs a picture: send it as ${main}.`)];
}
