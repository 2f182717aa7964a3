import { and, eq, sql } from 'drizzle-orm';
import type { Database } from '#lib/db/client';
import { draft, given, prepared, rowsOf } from '#lib/db/prepared';
import { webhookDeliveries, webhooks } from '#lib/db/schema/webhooks';
import type { Delivery } from './deliveries.ts';
import type { Webhook } from './webhooks.ts';

/* What the worker that sends deliveries reads and writes; see docs/decisions/028-webhooks.md. */

/** How long a webhook may fail, without an attempt that does not, before it is switched off. */
const FAILING_FOR_MS = 5 * 24 * 60 * 60_000;

const NOW = given<number>('now');
const EACH = given<number>('perWebhook');
const UNTIL = given<number>('leasedUntil');

/** When the next delivery is due, epoch milliseconds; null where none waits. A look without the write lock. */
export const nextDueAt = prepared(
  sql`SELECT min(next_attempt_at) FROM ${webhookDeliveries} WHERE status = 'pending'`,
  ([row]) => (row?.[0] ?? null) as number | null,
);

/** Of each webhook those due longest, as far as no more than so many of it are under way, whoever sends them. */
const TO_SEND = sql`
  WITH due AS (
    SELECT delivery.rowid AS id, delivery.next_attempt_at AS since,
      row_number() OVER (PARTITION BY delivery.webhook_id ORDER BY delivery.next_attempt_at, delivery.rowid) + (
        SELECT count(*) FROM ${webhookDeliveries} AS sent
        WHERE sent.webhook_id = webhooks.id AND sent.leased_until > ${NOW}) AS place
    FROM ${webhooks} CROSS JOIN ${webhookDeliveries} AS delivery ON delivery.rowid IN (
      SELECT waiting.rowid FROM ${webhookDeliveries} AS waiting
      WHERE waiting.webhook_id = webhooks.id AND waiting.status = 'pending' AND waiting.next_attempt_at <= ${NOW}
      ORDER BY waiting.next_attempt_at LIMIT ${EACH}))
  SELECT id FROM due WHERE place <= ${EACH} ORDER BY since LIMIT ${given('limit')}`;

const claimDue = prepared(
  draft
    .update(webhookDeliveries)
    .set({
      attempts: sql`${webhookDeliveries.attempts} + 1`,
      leasedUntil: UNTIL,
      nextAttemptAt: UNTIL,
    })
    .where(sql`rowid IN (${TO_SEND})`)
    .returning(),
  rowsOf(webhookDeliveries),
);

interface DeliveryClaim {
  /** Most to take. */
  limit: number;
  /** Most of one webhook that are sent at a time, by all workers together: a slow receiver holds up nobody else's. */
  perWebhook: number;
  /** Whoever has not written by then what came of one has lost it. */
  leaseMs: number;
}

/** Take deliveries that are due, to send them. */
export async function claimDeliveries(
  db: Database,
  { limit, perWebhook, leaseMs }: DeliveryClaim,
  now: number,
): Promise<Delivery[]> {
  return claimDue({ limit, perWebhook, leasedUntil: now + leaseMs, now }).run(db);
}

/** The webhook of a delivery; null where it has gone. */
export async function webhookOf(db: Database, { webhookId }: Delivery): Promise<Webhook | null> {
  const [row] = await db.select().from(webhooks).where(eq(webhooks.id, webhookId));
  return row ?? null;
}

/** Write the message down before it is sent for the first time, so that it is the same ever after. */
export async function keepPayload(db: Database, delivery: Delivery, payload: string): Promise<void> {
  await db.update(webhookDeliveries).set({ payload }).where(held(delivery));
}

/** It has arrived. */
export async function recordDelivered(
  db: Database,
  delivery: Delivery,
  responseStatus: number,
  now: number,
): Promise<void> {
  await db.batch([
    db
      .update(webhookDeliveries)
      .set({ status: 'delivered', responseStatus, lastError: null, leasedUntil: null, finishedAt: now })
      .where(held(delivery)),
    db
      .update(webhooks)
      .set({ failingSince: null })
      .where(and(eq(webhooks.id, delivery.webhookId), sql`${webhooks.failingSince} IS NOT NULL`)),
  ]);
}

/** What came of an attempt that failed. */
export interface Failure {
  responseStatus: number | null;
  /** One sentence for its owner. */
  error: string;
  /** When to try again; null for never. */
  retryAt: number | null;
}

/** It has not arrived. True where this webhook has failed for so long by now that nobody should go on trying. */
export async function recordFailed(
  db: Database,
  delivery: Delivery,
  { responseStatus, error, retryAt }: Failure,
  now: number,
): Promise<boolean> {
  const outcome =
    retryAt === null
      ? { status: 'failed' as const, finishedAt: now }
      : { status: 'pending' as const, nextAttemptAt: retryAt };
  const [, [webhook]] = await db.batch([
    db
      .update(webhookDeliveries)
      .set({ ...outcome, responseStatus, lastError: error, leasedUntil: null })
      .where(held(delivery)),
    db
      .update(webhooks)
      .set({ failingSince: sql`coalesce(${webhooks.failingSince}, ${now})` })
      .where(eq(webhooks.id, delivery.webhookId))
      .returning({ failingSince: webhooks.failingSince }),
  ]);
  return webhook !== undefined && now - webhook.failingSince! >= FAILING_FOR_MS;
}

/** The guard of every write: a later attempt, or an end, has taken it from whoever still works on this one. */
function held({ id, attempts }: Delivery) {
  const { status, ...columns } = webhookDeliveries;
  return and(eq(columns.id, id), eq(columns.attempts, attempts), eq(status, 'pending'));
}
