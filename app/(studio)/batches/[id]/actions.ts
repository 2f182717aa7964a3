'use server';

import type { Actor } from '#lib/core/actor';
import { systemClock } from '#lib/core/clock';
import type { Database } from '#lib/db/client';
import { database } from '#lib/db/connection';
import { cancelBatch, pauseBatch, resumeBatch, retryFailedOfBatch } from '#lib/jobs/batches/batches';
import { answerForm } from '#app/form-state';
import { formActor } from '#app/page-user';
import type { FormState } from '#components/ui/form-state.ts';

export async function pause(_: FormState, data: FormData): Promise<FormState> {
  return act(data, pauseBatch);
}

export async function resume(_: FormState, data: FormData): Promise<FormState> {
  return act(data, resumeBatch);
}

export async function cancel(_: FormState, data: FormData): Promise<FormState> {
  return act(data, cancelBatch);
}

export async function retryFailed(_: FormState, data: FormData): Promise<FormState> {
  return act(data, retryFailedOfBatch);
}

type BatchVerb = (db: Database, actor: Actor, id: string, now: number) => Promise<void>;

function act(data: FormData, verb: BatchVerb): Promise<FormState> {
  return answerForm(data, async () => {
    await verb(await database(), await formActor(), String(data.get('id')), systemClock());
  });
}
