import { toIso } from '#lib/core/clock';
import type { Delivery, DeliveryRow } from './deliveries.ts';
import type { Webhook } from './webhooks.ts';

/** A webhook as the API and the dashboard write it. Times are ISO 8601, UTC. */
export interface WebhookResource {
  id: string;
  url: string;
  description: string;
  events: string[];
  enabled: boolean;
  disabled_at: string | null;
  disabled_reason: string | null;
  /** Since when every attempt has failed. */
  failing_since: string | null;
  /** Until when messages are signed with the secret before as well. */
  previous_secret_expires_at: string | null;
  created_at: string;
  updated_at: string;
}

/** A message to one webhook, and how far it has come. */
export interface DeliveryResource {
  id: string;
  webhook_id: string;
  /** The receiver's `webhook-id`. */
  message_id: string;
  event: string;
  job_id: string | null;
  status: Delivery['status'];
  attempts: number;
  next_attempt_at: string | null;
  response_status: number | null;
  error: string | null;
  created_at: string;
  finished_at: string | null;
}

export function toWebhookResource(webhook: Webhook, now: number): WebhookResource {
  const { previousSecretUntil } = webhook;
  const isOverlap = previousSecretUntil !== null && previousSecretUntil > now;
  return {
    id: webhook.id,
    url: webhook.url,
    description: webhook.description,
    events: webhook.events,
    enabled: webhook.disabledAt === null,
    disabled_at: toIso(webhook.disabledAt),
    disabled_reason: webhook.disabledReason,
    failing_since: toIso(webhook.failingSince),
    previous_secret_expires_at: isOverlap ? toIso(previousSecretUntil) : null,
    created_at: toIso(webhook.createdAt)!,
    updated_at: toIso(webhook.updatedAt)!,
  };
}

/** One that was just made, or given another secret: with what its owner writes down. */
export function toMadeWebhookResource(webhook: Webhook, now: number): WebhookResource & { secret: string } {
  return { ...toWebhookResource(webhook, now), secret: webhook.secret };
}

export function toDeliveryResource(delivery: DeliveryRow): DeliveryResource {
  const isPending = delivery.status === 'pending';
  return {
    id: delivery.id,
    webhook_id: delivery.webhookId,
    message_id: delivery.messageId,
    event: delivery.event,
    job_id: delivery.jobId,
    status: delivery.status,
    attempts: delivery.attempts,
    next_attempt_at: isPending ? toIso(delivery.nextAttemptAt) : null,
    response_status: delivery.responseStatus,
    error: delivery.lastError,
    created_at: toIso(delivery.createdAt)!,
    finished_at: toIso(delivery.finishedAt),
  };
}
