'use server';

import { randomInt } from 'node:crypto';
import { enhanceRequestSchema } from '#lib/api/resources/prompts';
import { settings } from '#lib/config/settings';
import { systemClock } from '#lib/core/clock';
import { AppError } from '#lib/core/errors';
import { database } from '#lib/db/connection';
import { startQueue, stopQueue } from '#lib/jobs/queue-control';
import { cancelJob } from '#lib/jobs/requests';
import { fileStore } from '#lib/media/store/storage';
import { enhancePrompt, type Enhancement } from '#lib/pipelines/prompt/enhance/enhance';
import { BATCH_FIELD } from '#lib/pipelines/submission/check-submission';
import { submissionFromForm } from '#lib/pipelines/submission/form-submission';
import { findPipeline } from '#lib/pipelines/registry';
import { submitJob } from '#lib/pipelines/submission/submit';
import { submitBatch } from '#lib/pipelines/submission/submit-batch';
import { answerForm } from '#app/form-state';
import { batchFormActor, formActor, promptFormActor } from '#app/page-user';
import { photoField } from './pipeline-view.ts';
import { oneForEachPhoto } from './photo-forms.ts';
import type { ImprovedPrompt } from '#components/compose/improve-prompt';
import type { OpenedBatch } from '#components/compose/photo-sender.ts';
import type { FormState } from '#components/ui/form-state.ts';

/** A job for each photo of the form. */
export async function queueJobs(_: FormState, data: FormData): Promise<FormState> {
  const field = photoField(findPipeline(String(data.get('pipeline'))));
  const forms = oneForEachPhoto(data, field);
  return answerForm(forms[0]!, async () => {
    const actor = await (data.has(BATCH_FIELD) ? batchFormActor() : formActor());
    const store = fileStore();
    for (const form of forms) {
      const submission = await submissionFromForm(store, form, settings().maxUploadBytes);
      await submitJob(await database(), store, actor, submission, systemClock());
    }
  });
}

/** A batch with the settings of a form, to be filled by jobs that name it. */
export async function openBatch(data: FormData): Promise<OpenedBatch> {
  let batchId: string | null = null;
  const answer = await answerForm(data, async () => {
    const submission = await submissionFromForm(fileStore(), data, settings().maxUploadBytes);
    const batch = submitBatch(await database(), fileStore(), await formActor(), submission, systemClock());
    batchId = (await batch).id;
  });
  return { ...answer, batchId };
}

/** A better prompt for what a form is set to, another one each time. */
export async function improvePrompt(data: FormData): Promise<ImprovedPrompt> {
  let improved: Enhancement | null = null;
  const answer = await answerForm(data, async () => {
    await promptFormActor();
    const asked = enhanceRequestSchema.safeParse({ ...Object.fromEntries(data), seed: randomInt(2 ** 32) });
    if (!asked.success) throw new AppError('validation_failed', 'These words cannot be made better.');
    improved = await enhancePrompt(asked.data);
  });
  return { ...answer, improved };
}

export async function cancelQueued(_: FormState, data: FormData): Promise<FormState> {
  return answerForm(data, async () => {
    const job = cancelJob(await database(), await formActor(), String(data.get('id')), systemClock());
    await job.catch(unlessEnded);
  });
}

export async function pauseQueue(_: FormState, data: FormData): Promise<FormState> {
  return answerForm(data, async () => stopQueue(await database(), await formActor(), systemClock()));
}

export async function resumeQueue(_: FormState, data: FormData): Promise<FormState> {
  return answerForm(data, async () => startQueue(await database(), await formActor()));
}

/** A job that ended in the meantime needs no cancel; the queue shows what became of it. */
function unlessEnded(error: unknown): void {
  if (!(error instanceof AppError && error.code === 'conflict')) throw error;
}
