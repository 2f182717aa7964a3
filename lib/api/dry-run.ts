import { z } from 'zod';
import type { Submission } from '#lib/pipelines/submission/submission';
import type { ActorCall } from './serve.ts';
import { readSubmission, type SubmissionLimits } from './submission.ts';

/** Whether a request only asks what would become of it. */
export const dryRunQuery = z.object({
  dry_run: z
    .enum(['true', 'false'])
    .transform((word) => word === 'true')
    .default(false)
    .meta({ description: 'Check everything and say how it would go, but make nothing' }),
});

/** Answer 200 with what would become of a submission. An `Idempotency-Key` says nothing here. Throws as `readSubmission`. */
export async function rehearsed(
  { request, store }: Pick<ActorCall, 'request' | 'store'>,
  limits: SubmissionLimits,
  rehearse: (submission: Submission) => Promise<object>,
): Promise<Response> {
  return Response.json(await rehearse(await readSubmission(request, store, limits)));
}
