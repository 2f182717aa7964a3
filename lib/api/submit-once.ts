import type { Creation } from '#lib/db/creation';
import { discardSubmission, type Submission } from '#lib/pipelines/submission/submission';
import { answerOnce, keyOf, type Making } from './idempotency.ts';
import type { ActorCall } from './serve.ts';
import { readSubmission, type SubmissionLimits } from './submission.ts';

/** What a submission makes, and how; `make` may discard its files. */
interface SubmissionMaking<Made extends object> extends Omit<Making<Made>, 'make'> {
  limits: SubmissionLimits;
  make(submission: Submission, creation: Creation): Promise<Made>;
}

/**
 * Answer with what a submission makes, once under each `Idempotency-Key`. Its files are gone in the end. Throws as
 * `createOnce` and `readSubmission` do.
 */
export async function submitOnce<Made extends object>(
  call: ActorCall,
  { limits, make, ...making }: SubmissionMaking<Made>,
): Promise<Response> {
  const key = keyOf(call.request);
  const submission = await readSubmission(call.request, call.store, limits);
  try {
    return await answerOnce(call, key, askedOf(submission), {
      ...making,
      make: (creation) => make(submission, creation),
    });
  } finally {
    await discardSubmission(submission);
  }
}

/** What is asked for, however it was written. */
function askedOf({ fields, files }: Submission): string[] {
  return [
    ...fields.map(([name, value]) => JSON.stringify([name, value])),
    ...files.map(({ field, file }) => JSON.stringify([field, 'sha256', file.sha256])),
  ];
}
