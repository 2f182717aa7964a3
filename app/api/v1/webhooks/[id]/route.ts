import {
  deleteWebhook as remove,
  getWebhook as get,
  updateWebhook as update,
} from '#lib/api/operations/webhooks';
import { routes, serve } from '#lib/api/serve';
import { recordCall } from '#lib/auth/audit';
import { settings } from '#lib/config/settings';
import { toWebhookResource } from '#lib/webhooks/resource';
import { deleteWebhook, findWebhook, updateWebhook } from '#lib/webhooks/webhooks';

export const { GET, POST, PUT, PATCH, DELETE } = routes(
  serve(get, async ({ db, actor, params, now }) =>
    Response.json(toWebhookResource(await findWebhook(db, actor, params.id), now)),
  ),
  serve(update, async (call) => {
    const { db, actor, params, body, now } = call;
    const circumstances = { allowPrivate: settings().webhooksPrivate, now };
    const webhook = await updateWebhook(db, actor, params.id, body, circumstances);
    // An address may have something secret in it.
    const details = { changed: Object.keys(body) };
    await recordCall(call, { action: 'webhook.changed', subject: webhook.id, details });
    return Response.json(toWebhookResource(webhook, now));
  }),
  serve(remove, async (call) => {
    const { db, actor, params } = call;
    await deleteWebhook(db, actor, params.id);
    await recordCall(call, { action: 'webhook.deleted', subject: params.id });
    return new Response(null, { status: 204 });
  }),
);
