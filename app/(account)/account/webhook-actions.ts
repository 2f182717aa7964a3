'use server';

import { revalidatePath } from 'next/cache';
import { recordAction } from '#lib/auth/audit-page';
import { checked } from '#lib/auth/checked';
import { settings } from '#lib/config/settings';
import type { Actor } from '#lib/core/actor';
import { systemClock } from '#lib/core/clock';
import { database } from '#lib/db/connection';
import { replayDelivery, sendPing } from '#lib/webhooks/deliveries';
import { WEBHOOK_EVENTS } from '#lib/webhooks/events';
import { newWebhookSchema } from '#lib/webhooks/input';
import {
  createWebhook,
  deleteWebhook,
  rotateSecret,
  updateWebhook,
  type Webhook,
} from '#lib/webhooks/webhooks';
import { answerForm } from '#app/form-state';
import { buttonActor, formActor } from '#app/page-user';
import type { WebhookFormState } from '#components/account/webhook-view.ts';

const OVERLAP_MS = 24 * 60 * 60_000;

/** A new webhook; a new secret of one where the form has its id. */
export async function makeWebhook(_: WebhookFormState, data: FormData): Promise<WebhookFormState> {
  let secret: string | null = null;
  const state = await answerForm(data, async () => {
    const actor = await formActor();
    ({ secret } = data.has('id') ? await rotate(actor, idIn(data)) : await create(actor, data));
    revalidatePath('/account');
  });
  return { ...state, secret };
}

export async function testWebhook(data: FormData): Promise<void> {
  const actor = await buttonActor('/account');
  await sendPing(await database(), actor, idIn(data), systemClock());
  revalidatePath('/account');
}

export async function turnWebhook(data: FormData): Promise<void> {
  const actor = await buttonActor('/account');
  const id = idIn(data);
  const changes = { enabled: data.has('enabled') };
  await updateWebhook(await database(), actor, id, changes, circumstances());
  await recordAction(actor, { action: 'webhook.changed', subject: id, details: { to: changes } });
  revalidatePath('/account');
}

export async function removeWebhook(data: FormData): Promise<void> {
  const actor = await buttonActor('/account');
  const id = idIn(data);
  await deleteWebhook(await database(), actor, id);
  await recordAction(actor, { action: 'webhook.deleted', subject: id });
  revalidatePath('/account');
}

export async function replayMessage(data: FormData): Promise<void> {
  const actor = await buttonActor('/account');
  await replayDelivery(await database(), actor, idIn(data), String(data.get('delivery')), systemClock());
  revalidatePath('/account');
}

async function create(actor: Actor, data: FormData): Promise<Webhook> {
  const events = WEBHOOK_EVENTS.filter((event) => data.has(event));
  const { url, description } = Object.fromEntries(data);
  const wanted = checked(newWebhookSchema, { url, description, events });
  const webhook = await createWebhook(await database(), actor, wanted, circumstances());
  await recordAction(actor, { action: 'webhook.created', subject: webhook.id });
  return webhook;
}

async function rotate(actor: Actor, id: string): Promise<Webhook> {
  const webhook = await rotateSecret(await database(), actor, id, OVERLAP_MS, systemClock());
  const details = { rotated: 'secret', overlap_seconds: OVERLAP_MS / 1_000 };
  await recordAction(actor, { action: 'webhook.changed', subject: id, details });
  return webhook;
}

function idIn(data: FormData): string {
  return String(data.get('id'));
}

function circumstances() {
  return { allowPrivate: settings().webhooksPrivate, now: systemClock() };
}
