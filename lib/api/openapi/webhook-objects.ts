import { WEBHOOK_MESSAGES } from '../resources/webhooks.ts';
import type { Components, JsonSchema } from './components.ts';

/** What a receiver of webhooks has to take in, as OpenAPI 3.1 writes it. */
export interface WebhookObject {
  post: {
    operationId: string;
    tags: ['Webhooks'];
    summary: string;
    security: [];
    parameters: { name: string; in: 'header'; required: true; description: string; schema: JsonSchema }[];
    requestBody: { required: true; content: Record<string, { schema: JsonSchema }> };
    responses: Record<string, { description: string }>;
  };
}

const HEADERS = {
  'webhook-id': 'The message’s id: the same for every attempt and replay.',
  'webhook-timestamp': 'When it was sent, in seconds since 1970.',
  'webhook-signature': 'One `v1,…` for each secret that holds, with a space between (Standard Webhooks).',
};

const RESPONSES = {
  '2XX': { description: 'It has arrived.' },
  '410': { description: 'Nothing is to be sent there any more: the webhook is disabled.' },
  default: { description: 'It is sent again later.' },
};

/** The messages that webhooks are sent, by the type of their event. */
export function webhookObjects(components: Components): Record<string, WebhookObject> {
  const parameters = Object.entries(HEADERS).map(([name, description]) => ({
    name,
    in: 'header' as const,
    required: true as const,
    description,
    schema: { type: 'string' as const },
  }));
  const messages = Object.entries(WEBHOOK_MESSAGES).map(([event, schema]) => {
    const content = { 'application/json': { schema: components.write(schema, 'output') } };
    const post: WebhookObject['post'] = {
      operationId: `webhook.${event}`,
      tags: ['Webhooks'],
      summary: `The message of ${event}`,
      security: [],
      parameters,
      requestBody: { required: true, content },
      responses: RESPONSES,
    };
    return [event, { post }] as const;
  });
  return Object.fromEntries(messages);
}
