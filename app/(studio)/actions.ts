'use server';

import { settings } from '#lib/config/settings';
import { systemClock } from '#lib/core/clock';
import { database } from '#lib/db/connection';
import { startQueue, stopQueue } from '#lib/jobs/queue-control';
import { cancelJob } from '#lib/jobs/requests';
import { fileStore } from '#lib/media/storage';
import { submissionFromForm } from '#lib/pipelines/form-submission';
import { submitJob } from '#lib/pipelines/submit';
import { answerForm } from '#app/form-state';
import { pageActor } from '#app/page-user';
import type { FormState } from '../../components/ui/form-state.ts';

/** A job for each photo of the form. */
export async function queueJobs(_: FormState, data: FormData): Promise<FormState> {
  const actor = await pageActor();
  return answerForm(data, async () => {
    const store = fileStore();
    for (const form of oneForEachPhoto(data)) {
      const submission = await submissionFromForm(store, form, settings().maxUploadBytes);
      await submitJob(await database(), store, actor, submission, systemClock());
    }
  });
}

/** A job that ended in the meantime needs no cancel; the queue shows what became of it. */
export async function cancelQueued(data: FormData): Promise<void> {
  const actor = await pageActor();
  await answerForm(data, async () => {
    await cancelJob(await database(), actor, String(data.get('id')), systemClock());
  });
}

export async function pauseQueue(): Promise<void> {
  await stopQueue(await database(), await pageActor(), systemClock());
}

export async function resumeQueue(): Promise<void> {
  await startQueue(await database(), await pageActor());
}

function oneForEachPhoto(data: FormData): FormData[] {
  return data.getAll('image').map((photo) => {
    const form = new FormData();
    for (const [name, value] of data) if (name !== 'image') form.append(name, value);
    form.append('image', photo);
    return form;
  });
}
