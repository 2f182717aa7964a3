import { getWebhookDelivery } from '#lib/api/operations/webhooks';
import { routes, serve } from '#lib/api/serve';
import { findDelivery } from '#lib/webhooks/deliveries';
import { toDeliveryResource } from '#lib/webhooks/resource';

export const { GET, POST, PUT, PATCH, DELETE } = routes(
  serve(getWebhookDelivery, async ({ db, actor, params }) => {
    const delivery = await findDelivery(db, actor, params.id, params.delivery);
    const message = delivery.payload === null ? null : (JSON.parse(delivery.payload) as unknown);
    return Response.json({ ...toDeliveryResource(delivery), message });
  }),
);
