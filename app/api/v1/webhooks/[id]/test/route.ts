import { testWebhook } from '#lib/api/operations/webhooks';
import { routes, serve } from '#lib/api/serve';
import { sendPing } from '#lib/webhooks/deliveries';
import { toDeliveryResource } from '#lib/webhooks/resource';

export const { GET, POST, PUT, PATCH, DELETE } = routes(
  serve(testWebhook, async ({ db, actor, params, now }) => {
    const delivery = await sendPing(db, actor, params.id, now);
    return Response.json(toDeliveryResource(delivery), { status: 202 });
  }),
);
