import { and, desc, eq, sql } from 'drizzle-orm';
import type { Actor } from '#lib/core/actor';
import { AppError, notFound } from '#lib/core/errors';
import type { Database } from '#lib/db/client';
import { type Creation, plainCreation } from '#lib/db/creation';
import { webhookDeliveries, webhooks } from '#lib/db/schema/webhooks';
import { checkWebhookUrl, type NewWebhook, type WebhookChanges } from './input.ts';
import { newSecret } from './secret.ts';

export type Webhook = typeof webhooks.$inferSelect;

/** Most webhooks of one owner. */
const MOST_WEBHOOKS = 20;
const SWITCHED_OFF = 'It was switched off by its owner.';

interface Circumstances {
  /** Whether it may lead to a private network, and by http. */
  allowPrivate: boolean;
  now: number;
}

/** Make a webhook. Throws AppError `validation_failed` for its address, and `conflict` where the owner has the most. */
export async function createWebhook(
  db: Database,
  actor: Actor,
  { url: given, description, events }: NewWebhook,
  { allowPrivate, now }: Circumstances,
  { id, alongside }: Creation = plainCreation(),
): Promise<Webhook> {
  const url = checkWebhookUrl(given, allowPrivate);
  const insert = db.run(sql`
    INSERT INTO ${webhooks} (id, owner_id, url, description, events, secret, created_at, updated_at)
    SELECT ${id}, ${actor.userId}, ${url}, ${description}, ${JSON.stringify(events)}, ${newSecret()}, ${now}, ${now}
    WHERE (SELECT count(*) FROM ${webhooks} WHERE ${webhooks.ownerId} = ${actor.userId}) < ${MOST_WEBHOOKS}`);
  const [first, ...others] = [...alongside, insert];
  await db.batch([first!, ...others]);
  const [made] = await db.select().from(webhooks).where(owned(actor, id));
  if (made) return made;
  throw new AppError('conflict', `You have ${MOST_WEBHOOKS} webhooks, which is the most.`, {
    suggestion: 'Remove one that is not needed any more.',
  });
}

/** The actor's webhooks, newest first. */
export async function listWebhooks(db: Database, actor: Actor): Promise<Webhook[]> {
  return db.select().from(webhooks).where(eq(webhooks.ownerId, actor.userId)).orderBy(desc(webhooks.id));
}

/** One of the actor's own. Throws `not_found`, as everything here that is about one. */
export async function findWebhook(db: Database, actor: Actor, id: string): Promise<Webhook> {
  const [row] = await db.select().from(webhooks).where(owned(actor, id));
  return row ?? noSuchWebhook();
}

/** Change it; switched on again, it begins without a past of failures. Throws as `createWebhook` does. */
export async function updateWebhook(
  db: Database,
  actor: Actor,
  id: string,
  { url, enabled, ...rest }: WebhookChanges,
  { allowPrivate, now }: Circumstances,
): Promise<Webhook> {
  const moved = url === undefined ? {} : { url: checkWebhookUrl(url, allowPrivate) };
  const on = enabled ? { disabledAt: null, disabledReason: null, failingSince: null } : {};
  await db
    .update(webhooks)
    .set({ ...rest, ...moved, ...on, updatedAt: now })
    .where(owned(actor, id));
  const webhook = await findWebhook(db, actor, id);
  if (enabled !== false || webhook.disabledAt !== null) return webhook;
  await disableWebhook(db, id, SWITCHED_OFF, now);
  return findWebhook(db, actor, id);
}

/** Remove it, with all its deliveries. */
export async function deleteWebhook(db: Database, actor: Actor, id: string): Promise<void> {
  const rows = await db.delete(webhooks).where(owned(actor, id)).returning({ id: webhooks.id });
  if (rows.length === 0) noSuchWebhook();
}

/** Give it a new secret; messages are signed with the one it had as well, until `overlapMs` from now. */
export async function rotateSecret(
  db: Database,
  actor: Actor,
  id: string,
  overlapMs: number,
  now: number,
): Promise<Webhook> {
  const [row] = await db
    .update(webhooks)
    .set({
      secret: newSecret(),
      previousSecret: webhooks.secret,
      previousSecretUntil: now + overlapMs,
      updatedAt: now,
    })
    .where(owned(actor, id))
    .returning();
  return row ?? noSuchWebhook();
}

/** Send nothing there any more, for this reason; what waits to be sent, fails. Its owner can switch it on again. */
export async function disableWebhook(db: Database, id: string, reason: string, now: number): Promise<void> {
  await db.batch([
    db
      .update(webhooks)
      .set({ disabledAt: now, disabledReason: reason, updatedAt: now })
      .where(eq(webhooks.id, id)),
    db
      .update(webhookDeliveries)
      .set({ status: 'failed', lastError: `Not sent: ${reason}`, leasedUntil: null, finishedAt: now })
      .where(and(eq(webhookDeliveries.webhookId, id), eq(webhookDeliveries.status, 'pending'))),
  ]);
}

function owned(actor: Actor, id: string) {
  return and(eq(webhooks.id, id), eq(webhooks.ownerId, actor.userId));
}

function noSuchWebhook(): never {
  throw notFound('webhook');
}
