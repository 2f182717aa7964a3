import { replayWebhookDelivery } from '#lib/api/operations/webhooks';
import { routes, serve } from '#lib/api/serve';
import { replayDelivery } from '#lib/webhooks/deliveries';
import { toDeliveryResource } from '#lib/webhooks/resource';

export const { GET, POST, PUT, PATCH, DELETE } = routes(
  serve(replayWebhookDelivery, async ({ db, actor, params, now }) => {
    const delivery = await replayDelivery(db, actor, params.id, params.delivery, now);
    return Response.json(toDeliveryResource(delivery), { status: 202 });
  }),
);
