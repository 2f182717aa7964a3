import {
  changeApiKey as change,
  getApiKey as get,
  revokeApiKey as revoke,
} from '#lib/api/operations/api-keys';
import { toApiKeyResource } from '#lib/api/resources/api-keys';
import { routes, serve } from '#lib/api/serve';
import { keySettingsOf } from '#lib/auth/api-key-input';
import { changeApiKey, getApiKey, revokeApiKey } from '#lib/auth/api-keys';
import { recordCall } from '#lib/auth/audit';

export const { GET, POST, PUT, PATCH, DELETE } = routes(
  serve(get, async ({ db, actor, params }) =>
    Response.json(toApiKeyResource(await getApiKey(db, actor, params.id))),
  ),
  serve(change, async (call) => {
    const { db, caller, params, body, now } = call;
    const key = await changeApiKey(db, caller, params.id, keySettingsOf(body), now);
    await recordCall(call, { action: 'api_key.changed', subject: key.id, details: { to: body } });
    return Response.json(toApiKeyResource(key));
  }),
  serve(revoke, async (call) => {
    const { db, actor, params, now } = call;
    await revokeApiKey(db, actor, params.id, now);
    await recordCall(call, { action: 'api_key.revoked', subject: params.id });
    return new Response(null, { status: 204 });
  }),
);
