import { Webhooks } from '#components/account/webhooks';
import type { Actor } from '#lib/core/actor';
import { systemClock } from '#lib/core/clock';
import { database } from '#lib/db/connection';
import { listDeliveries } from '#lib/webhooks/deliveries';
import { toDeliveryResource, toWebhookResource } from '#lib/webhooks/resource';
import { listWebhooks } from '#lib/webhooks/webhooks';
import { makeWebhook, removeWebhook, replayMessage, testWebhook, turnWebhook } from './webhook-actions.ts';

/** Messages that are shown of each. */
const SHOWN = 10;
const ACTIONS = {
  make: makeWebhook,
  test: testWebhook,
  turn: turnWebhook,
  remove: removeWebhook,
  replay: replayMessage,
};

/** The webhooks of whoever looks at the page. */
export async function OwnWebhooks({ actor }: { actor: Actor }) {
  const db = await database();
  const now = systemClock();
  const webhooks = await listWebhooks(db, actor);
  const views = webhooks.map(async (webhook) => {
    const { items } = await listDeliveries(db, actor, webhook.id, { limit: SHOWN });
    return { ...toWebhookResource(webhook, now), deliveries: items.map(toDeliveryResource) };
  });
  return <Webhooks webhooks={await Promise.all(views)} actions={ACTIONS} />;
}
