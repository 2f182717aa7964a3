import { rotateWebhookSecret } from '#lib/api/operations/webhooks';
import { routes, serve } from '#lib/api/serve';
import { recordCall } from '#lib/auth/audit';
import { toMadeWebhookResource } from '#lib/webhooks/resource';
import { rotateSecret } from '#lib/webhooks/webhooks';

export const { GET, POST, PUT, PATCH, DELETE } = routes(
  serve(rotateWebhookSecret, async (call) => {
    const { db, actor, params, body, now } = call;
    const webhook = await rotateSecret(db, actor, params.id, body.overlap_seconds * 1_000, now);
    const details = { rotated: 'secret', overlap_seconds: body.overlap_seconds };
    await recordCall(call, { action: 'webhook.changed', subject: webhook.id, details });
    return Response.json(toMadeWebhookResource(webhook, now));
  }),
);
