import { createOnce } from '#lib/api/idempotency';
import { createWebhook as create, listWebhooks as list } from '#lib/api/operations/webhooks';
import { routes, serve } from '#lib/api/serve';
import { recordCall } from '#lib/auth/audit';
import { settings } from '#lib/config/settings';
import { toMadeWebhookResource, toWebhookResource } from '#lib/webhooks/resource';
import { createWebhook, findWebhook, listWebhooks } from '#lib/webhooks/webhooks';

export const { GET, POST, PUT, PATCH, DELETE } = routes(
  serve(list, async ({ db, actor, now }) => {
    const webhooks = await listWebhooks(db, actor);
    return Response.json({ items: webhooks.map((webhook) => toWebhookResource(webhook, now)) });
  }),
  serve(create, (call) => {
    const { db, actor, body, now } = call;
    return createOnce(call, {
      makes: 'webhook',
      status: 201,
      async make(creation) {
        const circumstances = { allowPrivate: settings().webhooksPrivate, now };
        const webhook = await createWebhook(db, actor, body, circumstances, creation);
        await recordCall(call, { action: 'webhook.created', subject: webhook.id });
        return toMadeWebhookResource(webhook, now);
      },
      find: async (id) => toMadeWebhookResource(await findWebhook(db, actor, id), now),
      keeps: () => null,
    });
  }),
);
