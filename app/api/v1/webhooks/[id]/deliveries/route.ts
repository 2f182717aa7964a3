import { listWebhookDeliveries } from '#lib/api/operations/webhooks';
import { routes, serve } from '#lib/api/serve';
import { listDeliveries } from '#lib/webhooks/deliveries';
import { toDeliveryResource } from '#lib/webhooks/resource';

export const { GET, POST, PUT, PATCH, DELETE } = routes(
  serve(listWebhookDeliveries, async ({ db, actor, params, query }) => {
    const { items, nextCursor } = await listDeliveries(db, actor, params.id, query);
    return Response.json({ items: items.map(toDeliveryResource), next_cursor: nextCursor });
  }),
);
