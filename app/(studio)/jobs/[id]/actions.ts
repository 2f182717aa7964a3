'use server';

import { redirect } from 'next/navigation';
import { recordAction } from '#lib/auth/audit-page';
import { systemClock } from '#lib/core/clock';
import { database } from '#lib/db/connection';
import { cancelJob, retryJob } from '#lib/jobs/requests';
import { fileStore } from '#lib/media/store/storage';
import { discardJob } from '#lib/pipelines/discard';
import { answerForm } from '#app/form-state';
import { formActor } from '#app/page-user';
import type { FormState } from '#components/ui/form-state.ts';

export async function cancel(_: FormState, data: FormData): Promise<FormState> {
  return answerForm(data, async () => {
    await cancelJob(await database(), await formActor(), idOf(data), systemClock());
  });
}

export async function retry(_: FormState, data: FormData): Promise<FormState> {
  return answerForm(data, async () => {
    await retryJob(await database(), await formActor(), idOf(data), systemClock());
  });
}

export async function remove(_: FormState, data: FormData): Promise<FormState> {
  return answerForm(data, async () => {
    const actor = await formActor();
    await discardJob(await database(), fileStore(), actor, idOf(data));
    await recordAction(actor, { action: 'job.deleted', subject: idOf(data) });
    redirect('/jobs');
  });
}

function idOf(data: FormData): string {
  return String(data.get('id'));
}
