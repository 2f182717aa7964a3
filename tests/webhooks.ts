import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Actor } from '#lib/core/actor';
import { newId } from '#lib/core/ids';
import type { Database } from '#lib/db/client';
import { webhookDeliveries, webhooks } from '#lib/db/schema/webhooks';
import type { Delivery } from '#lib/webhooks/deliveries';
import { PING, WEBHOOK_EVENTS } from '#lib/webhooks/events';
import { newSecret } from '#lib/webhooks/secret';
import type { Webhook } from '#lib/webhooks/webhooks';
import { NOW } from './factories.ts';
import { serve } from './local-server.ts';

/** A webhook's row, for every event. */
export async function makeWebhook(
  db: Database,
  { userId: ownerId }: Actor,
  columns: Partial<typeof webhooks.$inferInsert> = {},
): Promise<Webhook> {
  const times = { createdAt: NOW, updatedAt: NOW };
  const [row] = await db
    .insert(webhooks)
    .values({
      id: newId(),
      ownerId,
      url: 'https://receiver.test/',
      events: [...WEBHOOK_EVENTS],
      secret: newSecret(),
      ...times,
      ...columns,
    })
    .returning();
  return row!;
}

/** A delivery's row: a ping that is due. */
export async function makeDelivery(
  db: Database,
  { id: webhookId }: Pick<Webhook, 'id'>,
  columns: Partial<typeof webhookDeliveries.$inferInsert> = {},
): Promise<Delivery> {
  const [row] = await db
    .insert(webhookDeliveries)
    .values({
      id: newId(),
      webhookId,
      messageId: `msg_${newId()}`,
      event: PING,
      status: 'pending',
      nextAttemptAt: NOW,
      createdAt: NOW,
      ...columns,
    })
    .returning();
  return row!;
}

/** What a receiver was sent. */
export interface Received {
  headers: IncomingHttpHeaders & Record<`webhook-${'id' | 'timestamp' | 'signature'}`, string>;
  body: string;
}

/** A receiver on this machine, until the test ends. It answers 204, or as told by what comes as the how-manieth. */
export async function receiver(
  answer: (response: ServerResponse, count: number) => void = (response) => response.writeHead(204).end(),
): Promise<{ url: string; received: Received[] }> {
  const received: Received[] = [];
  const url = await serve((request, response) => {
    void text(request).then((body) => {
      received.push({ headers: request.headers as Received['headers'], body });
      answer(response, received.length);
    });
  });
  return { url, received };
}
