import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { users } from './auth.ts';

export const DELIVERY_STATES = ['pending', 'delivered', 'failed'] as const;

/** Where an owner wants to be told of what happens to their jobs. */
export const webhooks = sqliteTable(
  'webhooks',
  {
    id: text().primaryKey(),
    ownerId: text('owner_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    url: text().notNull(),
    description: text().notNull().default(''),
    /** Types of events, such as `job.completed`. */
    events: text({ mode: 'json' }).$type<string[]>().notNull(),
    /** `whsec_` and base64, as Standard Webhooks has it. */
    secret: text().notNull(),
    /** The one before, with which messages are signed too until a moment. */
    previousSecret: text('previous_secret'),
    previousSecretUntil: integer('previous_secret_until'),
    /** Since when every attempt has failed; null after one that did not. */
    failingSince: integer('failing_since'),
    /** Why nothing is sent there any more, where that is so. */
    disabledAt: integer('disabled_at'),
    disabledReason: text('disabled_reason'),
    createdAt: integer('created_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
  },
  (table) => [index('webhooks_owner').on(table.ownerId, table.id)],
);

/** A message for one webhook, from when it came about until it has arrived or was given up. */
export const webhookDeliveries = sqliteTable(
  'webhook_deliveries',
  {
    id: text().primaryKey(),
    webhookId: text('webhook_id')
      .notNull()
      .references(() => webhooks.id, { onDelete: 'cascade' }),
    /** The same for every attempt and every replay of the message: the receiver's `webhook-id`. */
    messageId: text('message_id').notNull(),
    event: text().notNull(),
    /** No reference: the message outlives the job. Null for one that is about none. */
    jobId: text('job_id'),
    /** The message's body, made when it is first sent. */
    payload: text(),
    status: text({ enum: DELIVERY_STATES }).notNull(),
    /** Those that were begun. It guards what is written of one, as a fence. */
    attempts: integer().notNull().default(0),
    /** Not sent before. While it is being sent, when that has failed for sure. */
    nextAttemptAt: integer('next_attempt_at').notNull(),
    /** Being sent by a worker, until then at most. */
    leasedUntil: integer('leased_until'),
    /** Of the last attempt: the status it was answered with, or what else came of it. */
    responseStatus: integer('response_status'),
    lastError: text('last_error'),
    createdAt: integer('created_at').notNull(),
    finishedAt: integer('finished_at'),
  },
  (table) => [
    index('webhook_deliveries_due')
      .on(table.nextAttemptAt)
      .where(sql`status = 'pending'`),
    index('webhook_deliveries_waiting')
      .on(table.webhookId, table.nextAttemptAt)
      .where(sql`status = 'pending'`),
    index('webhook_deliveries_leased')
      .on(table.webhookId)
      .where(sql`leased_until IS NOT NULL`),
    index('webhook_deliveries_webhook').on(table.webhookId, table.id, table.status),
    index('webhook_deliveries_finished')
      .on(table.finishedAt)
      .where(sql`finished_at IS NOT NULL`),
  ],
);
