import { and, desc, eq, getTableColumns, inArray, lt } from 'drizzle-orm';
import type { Actor } from '#lib/core/actor';
import { AppError, notFound } from '#lib/core/errors';
import { newId } from '#lib/core/ids';
import type { Database } from '#lib/db/client';
import { slices } from '#lib/db/slices';
import { pageOfRows } from '#lib/db/page';
import { webhookDeliveries } from '#lib/db/schema/webhooks';
import { PING } from './events.ts';
import { findWebhook, type Webhook } from './webhooks.ts';

export type Delivery = typeof webhookDeliveries.$inferSelect;
/** As it stands in a list: without the message. */
export type DeliveryRow = Omit<Delivery, 'payload'>;

export interface DeliveryFilter {
  status?: Delivery['status'];
  /** `nextCursor` of the page before. */
  cursor?: string;
  limit: number;
}

export interface DeliveryPage {
  items: DeliveryRow[];
  nextCursor: string | null;
}

/** What was sent to a webhook of the actor's own, or waits to be; newest first. Throws `not_found`. */
export async function listDeliveries(
  db: Database,
  actor: Actor,
  webhookId: string,
  { status, cursor, limit }: DeliveryFilter,
): Promise<DeliveryPage> {
  await findWebhook(db, actor, webhookId);
  const { payload: _, ...columns } = getTableColumns(webhookDeliveries);
  const found = await db
    .select(columns)
    .from(webhookDeliveries)
    .where(
      and(
        eq(webhookDeliveries.webhookId, webhookId),
        status && eq(webhookDeliveries.status, status),
        cursor === undefined ? undefined : lt(webhookDeliveries.id, cursor),
      ),
    )
    .orderBy(desc(webhookDeliveries.id))
    .limit(limit + 1);
  const { rows: items, nextCursor } = pageOfRows(found, limit);
  return { items, nextCursor };
}

/** One of them, with its message. Throws `not_found`. */
export async function findDelivery(
  db: Database,
  actor: Actor,
  webhookId: string,
  id: string,
): Promise<Delivery> {
  await findWebhook(db, actor, webhookId);
  const [row] = await db
    .select()
    .from(webhookDeliveries)
    .where(and(eq(webhookDeliveries.webhookId, webhookId), eq(webhookDeliveries.id, id)));
  if (!row) throw notFound('delivery');
  return row;
}

/** Have a message sent that says nothing but that it arrives. Throws `not_found`, and `conflict` where nothing is sent. */
export async function sendPing(
  db: Database,
  actor: Actor,
  webhookId: string,
  now: number,
): Promise<Delivery> {
  const webhook = await enabledWebhook(db, actor, webhookId);
  return add(db, { webhookId: webhook.id, messageId: newMessageId(), event: PING }, now);
}

/**
 * Have the same message sent again, under its old id, however it went before. Throws `not_found`, and `conflict` where
 * nothing is sent.
 */
export async function replayDelivery(
  db: Database,
  actor: Actor,
  webhookId: string,
  id: string,
  now: number,
): Promise<Delivery> {
  await enabledWebhook(db, actor, webhookId);
  const { messageId, event, jobId, payload } = await findDelivery(db, actor, webhookId, id);
  return add(db, { webhookId, messageId, event, jobId, payload }, now);
}

/** Forget deliveries that came to their end before a moment. */
export async function pruneDeliveries(db: Database, before: number): Promise<void> {
  const { id, finishedAt } = webhookDeliveries;
  const forgetSome = (_: unknown, limit: number) => {
    const some = db.select({ id }).from(webhookDeliveries).where(lt(finishedAt, before)).limit(limit);
    return db.delete(webhookDeliveries).where(inArray(id, some)).returning({ id });
  };
  for await (const _ of slices(forgetSome));
}

type NewDelivery = Pick<Delivery, 'webhookId' | 'messageId' | 'event'> &
  Partial<Pick<Delivery, 'jobId' | 'payload'>>;

async function add(db: Database, delivery: NewDelivery, now: number): Promise<Delivery> {
  const [row] = await db
    .insert(webhookDeliveries)
    .values({ ...delivery, id: newId(), status: 'pending', nextAttemptAt: now, createdAt: now })
    .returning();
  return row!;
}

async function enabledWebhook(db: Database, actor: Actor, id: string): Promise<Webhook> {
  const webhook = await findWebhook(db, actor, id);
  if (webhook.disabledAt === null) return webhook;
  throw new AppError('conflict', 'This webhook is switched off.', { suggestion: 'Switch it on first.' });
}

function newMessageId(): string {
  return `msg_${newId().replaceAll('-', '')}`;
}
