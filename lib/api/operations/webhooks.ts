import { z } from 'zod';
import { DELIVERY_STATES } from '#lib/db/schema/webhooks';
import { newWebhookSchema, webhookChangesSchema } from '#lib/webhooks/input';
import { pageQuery } from '../list-query.ts';
import { idParams, idSchema, operation } from '../operation.ts';
import { overlapBody } from '../overlap.ts';
import {
  deliveryPageSchema,
  deliverySchema,
  deliveryWithMessageSchema,
  madeWebhookSchema,
  webhookListSchema,
  webhookSchema,
} from '../resources/webhooks.ts';

const ofOne = { chapter: 'Webhooks', params: idParams, thing: 'webhook' } as const;
const ofDelivery = {
  chapter: 'Webhooks',
  params: z.object({ id: idSchema, delivery: idSchema }),
  thing: 'delivery',
} as const;

export const listWebhooks = operation({
  id: 'listWebhooks',
  method: 'GET',
  path: '/api/v1/webhooks',
  chapter: 'Webhooks',
  summary: 'Your webhooks, newest first',
  access: 'jobs:read',
  answers: { 200: { description: 'All of them', schema: webhookListSchema } },
});

export const createWebhook = operation({
  id: 'createWebhook',
  method: 'POST',
  path: '/api/v1/webhooks',
  chapter: 'Webhooks',
  summary: 'Be told when your jobs end',
  description: 'The secret that messages are signed with is in this answer and in none after it.',
  access: 'jobs:write',
  body: { kind: 'json', schema: newWebhookSchema, required: true },
  idempotent: true,
  answers: { 201: { description: 'The webhook, with its secret', schema: madeWebhookSchema } },
  problems: ['conflict'],
});

export const getWebhook = operation({
  ...ofOne,
  id: 'getWebhook',
  method: 'GET',
  path: '/api/v1/webhooks/{id}',
  summary: 'One webhook',
  access: 'jobs:read',
  answers: { 200: { description: 'The webhook, without its secret', schema: webhookSchema } },
});

export const updateWebhook = operation({
  ...ofOne,
  id: 'updateWebhook',
  method: 'PATCH',
  path: '/api/v1/webhooks/{id}',
  summary: 'Change a webhook, or switch it off or on',
  access: 'jobs:write',
  body: { kind: 'json', schema: webhookChangesSchema, required: true },
  answers: { 200: { description: 'The webhook as it is now', schema: webhookSchema } },
});

export const deleteWebhook = operation({
  ...ofOne,
  id: 'deleteWebhook',
  method: 'DELETE',
  path: '/api/v1/webhooks/{id}',
  summary: 'Remove a webhook with its deliveries',
  access: 'jobs:write',
  answers: { 204: { description: 'It is gone' } },
});

export const rotateWebhookSecret = operation({
  ...ofOne,
  id: 'rotateWebhookSecret',
  method: 'POST',
  path: '/api/v1/webhooks/{id}/rotate-secret',
  summary: 'Give a webhook a new secret',
  description: 'Until the overlap is over, messages are signed with both.',
  access: 'jobs:write',
  body: {
    kind: 'json',
    schema: overlapBody('How much longer messages are signed with the old secret too'),
  },
  answers: { 200: { description: 'The webhook, with its new secret', schema: madeWebhookSchema } },
});

export const testWebhook = operation({
  ...ofOne,
  id: 'testWebhook',
  method: 'POST',
  path: '/api/v1/webhooks/{id}/test',
  summary: 'Have a `ping` sent to a webhook',
  access: 'jobs:write',
  answers: {
    202: { description: 'The delivery, which is sent within a second or two', schema: deliverySchema },
  },
  problems: ['conflict'],
});

export const listWebhookDeliveries = operation({
  ...ofOne,
  id: 'listWebhookDeliveries',
  method: 'GET',
  path: '/api/v1/webhooks/{id}/deliveries',
  summary: 'What was sent to a webhook in the last 30 days, or waits to be, newest first',
  access: 'jobs:read',
  query: z.strictObject({
    status: z.enum(DELIVERY_STATES).optional().meta({ description: 'In this state' }),
    ...pageQuery.shape,
  }),
  answers: { 200: { description: 'A page of deliveries', schema: deliveryPageSchema } },
});

export const getWebhookDelivery = operation({
  ...ofDelivery,
  id: 'getWebhookDelivery',
  method: 'GET',
  path: '/api/v1/webhooks/{id}/deliveries/{delivery}',
  summary: 'One delivery with its message',
  access: 'jobs:read',
  answers: { 200: { description: 'The delivery', schema: deliveryWithMessageSchema } },
});

export const replayWebhookDelivery = operation({
  ...ofDelivery,
  id: 'replayWebhookDelivery',
  method: 'POST',
  path: '/api/v1/webhooks/{id}/deliveries/{delivery}/replay',
  summary: 'Send the same message again, under its old id',
  access: 'jobs:write',
  answers: { 202: { description: 'The new delivery', schema: deliverySchema } },
  problems: ['conflict'],
});
