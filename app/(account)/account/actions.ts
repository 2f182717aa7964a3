'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { changePassword as change } from '#lib/auth/accounts';
import { actorOf } from '#lib/auth/actor';
import { newKeySchema } from '#lib/auth/api-key-input';
import { createApiKey, type MadeApiKey, revokeApiKey } from '#lib/auth/api-keys';
import { recordAction } from '#lib/auth/audit-page';
import { inPerson } from '#lib/auth/caller';
import { checked } from '#lib/auth/checked';
import { rotateApiKey } from '#lib/auth/rotate-api-key';
import { SCOPES } from '#lib/auth/scopes';
import { signIn } from '#lib/auth/session';
import type { Actor } from '#lib/core/actor';
import { systemClock } from '#lib/core/clock';
import { database } from '#lib/db/connection';
import { answerForm } from '#app/form-state';
import { formActor, formUser, pageActor } from '#app/page-user';
import type { ApiKeyFormState } from '#components/account/api-key-view.ts';
import type { FormState } from '#components/ui/form-state.ts';

const PASSWORD_CHANGED = '/account?password=changed';
const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;

const lifetimeSchema = z.object({ expires_days: z.enum(['', '30', '90', '365']) });
const overlapSchema = z.object({ overlap_hours: z.enum(['0', '1', '24', '168', '720']) });

/** Every session ends with the old password, so this one is begun anew. */
export async function changePassword(_: FormState, data: FormData): Promise<FormState> {
  const next = String(data.get('new_password') ?? '');
  return answerForm(data, async () => {
    const user = await formUser();
    const actor = actorOf(user);
    const current = String(data.get('current_password') ?? '');
    await change(await database(), actor, { current, next });
    await recordAction(actor, { action: 'password.changed' });
    await signIn('credentials', { email: user.email, password: next, redirectTo: PASSWORD_CHANGED });
  });
}

/** A new key; one that takes the place of another where the form has its id. */
export async function makeKey(_: ApiKeyFormState, data: FormData): Promise<ApiKeyFormState> {
  let key: string | null = null;
  const state = await answerForm(data, async () => {
    const actor = await formActor();
    ({ key } = data.has('id') ? await rotateKey(actor, data) : await createKey(actor, data));
    revalidatePath('/account');
  });
  return { ...state, key };
}

export async function revokeKey(data: FormData): Promise<void> {
  const actor = await pageActor('/account');
  const id = String(data.get('id'));
  await revokeApiKey(await database(), actor, id, systemClock());
  await recordAction(actor, { action: 'api_key.revoked', subject: id });
  revalidatePath('/account');
}

async function createKey(actor: Actor, data: FormData): Promise<MadeApiKey> {
  const chosen = SCOPES.filter((scope) => data.has(scope));
  const { name, scopes } = checked(newKeySchema, { name: data.get('name'), scopes: chosen });
  const { expires_days: days } = checked(lifetimeSchema, { expires_days: data.get('expires_days') });
  const now = systemClock();
  const expiresAt = days === '' ? null : now + Number(days) * DAY_MS;
  const made = await createApiKey(await database(), inPerson(actor), { name, scopes, expiresAt }, now);
  await recordAction(actor, { action: 'api_key.created', subject: made.apiKey.id });
  return made;
}

async function rotateKey(actor: Actor, data: FormData): Promise<MadeApiKey> {
  const { overlap_hours: hours } = checked(overlapSchema, { overlap_hours: data.get('overlap_hours') });
  const id = String(data.get('id'));
  const overlapMs = Number(hours) * HOUR_MS;
  const made = await rotateApiKey(await database(), inPerson(actor), id, overlapMs, systemClock());
  const details = { replaced_by: made.apiKey.id, overlap_seconds: overlapMs / 1_000 };
  await recordAction(actor, { action: 'api_key.rotated', subject: id, details });
  return made;
}
