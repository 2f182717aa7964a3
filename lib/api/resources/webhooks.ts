import { z } from 'zod';
import { DELIVERY_STATES } from '#lib/db/schema/webhooks';
import { PING, WEBHOOK_EVENTS } from '#lib/webhooks/events';
import type { DeliveryResource, WebhookResource } from '#lib/webhooks/resource';
import { jobSchema, jobStatusSchema } from './jobs.ts';
import { pageOf } from './page.ts';
import { moment } from './parts.ts';

const webhookShape = z.object({
  id: z.uuid(),
  url: z.url(),
  description: z.string(),
  events: z.array(z.enum(WEBHOOK_EVENTS)).meta({ description: 'What it is told of.' }),
  enabled: z.boolean(),
  disabled_at: moment.nullable(),
  disabled_reason: z.string().nullable(),
  failing_since: moment
    .nullable()
    .meta({ description: 'Every attempt has failed since; null after one that did not.' }),
  previous_secret_expires_at: moment
    .nullable()
    .meta({ description: 'Until then messages are signed with the secret before as well.' }),
  created_at: moment,
  updated_at: moment,
});

export const webhookSchema = webhookShape.meta({ id: 'Webhook' }) satisfies z.ZodType<WebhookResource>;
export const webhookListSchema = z.object({ items: z.array(webhookSchema) }).meta({ id: 'WebhookList' });
export const madeWebhookSchema = webhookShape
  .extend({
    secret: z.string().meta({ description: 'What messages are signed with, this once: `whsec_…`.' }),
  })
  .meta({ id: 'MadeWebhook' });

const deliveryShape = z.object({
  id: z.uuid(),
  webhook_id: z.uuid(),
  message_id: z
    .string()
    .meta({ description: 'The receiver’s `webhook-id`: the same for every attempt and replay.' }),
  event: z.enum([...WEBHOOK_EVENTS, PING]),
  job_id: z.uuid().nullable(),
  status: z.enum(DELIVERY_STATES),
  attempts: z.number().int().min(0),
  next_attempt_at: moment.nullable(),
  response_status: z
    .number()
    .int()
    .nullable()
    .meta({ description: 'What the last attempt was answered with.' }),
  error: z.string().nullable().meta({ description: 'Why the last attempt failed.' }),
  created_at: moment,
  finished_at: moment.nullable(),
});

export const deliverySchema = deliveryShape.meta({
  id: 'WebhookDelivery',
}) satisfies z.ZodType<DeliveryResource>;
export const deliveryPageSchema = pageOf(deliverySchema, 'WebhookDeliveryPage');
export const deliveryWithMessageSchema = deliveryShape
  .extend({
    message: z
      .record(z.string(), z.unknown())
      .nullable()
      .meta({ description: 'The body as it is sent; null before the first attempt.' }),
  })
  .meta({ id: 'WebhookDeliveryWithMessage' });

const deletedJobSchema = z.object({ id: z.uuid(), status: jobStatusSchema }).meta({
  id: 'DeletedJob',
  description: 'What is told of a job that was deleted before the message was sent.',
});

const jobMessage = (event: (typeof WEBHOOK_EVENTS)[number]) =>
  z.object({
    type: z.literal(event),
    timestamp: moment.meta({ description: 'When it happened.' }),
    data: z.union([jobSchema, deletedJobSchema]),
  });

/** The bodies that webhooks are sent, by the type of event: for the `webhooks` of the OpenAPI document. */
export const WEBHOOK_MESSAGES: Readonly<Record<string, z.ZodType>> = {
  ...Object.fromEntries(WEBHOOK_EVENTS.map((event) => [event, jobMessage(event)])),
  [PING]: z.object({ type: z.literal(PING), timestamp: moment, data: z.object({ webhook_id: z.uuid() }) }),
};
