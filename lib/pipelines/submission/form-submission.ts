import { receiveFile } from '#lib/media/receive';
import type { FileStore } from '#lib/media/store/store';
import { discardSubmission, type Submission } from './submission.ts';

/** Fields that the framework adds to a server action's form. */
const FRAMEWORK_FIELD = /^\$ACTION/;

/** What the file of a field is called that was left empty; the second is what Next makes of it for a page with scripts. */
const NO_NAMES = new Set(['', 'undefined']);

/**
 * A submission from the form of a server action. A file field that was left empty counts as none.
 * @param maxBytes the most one file may hold
 *
 * Throws AppError `payload_too_large`, leaving no file behind.
 */
export async function submissionFromForm(
  store: FileStore,
  form: FormData,
  maxBytes: number,
): Promise<Submission> {
  const submission: Submission = { fields: [], files: [] };
  try {
    for (const [name, value] of form) {
      if (FRAMEWORK_FIELD.test(name)) continue;
      if (typeof value === 'string') submission.fields.push([name, value]);
      else if (value.size > 0 || !NO_NAMES.has(value.name)) {
        const file = await receiveFile(store, value.stream(), maxBytes);
        submission.files.push({ field: name, filename: value.name, claim: value.type || null, file });
      }
    }
  } catch (error) {
    await discardSubmission(submission);
    throw error;
  }
  return submission;
}
