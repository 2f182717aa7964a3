import { createOnce } from '#lib/api/idempotency';
import { createApiKey as create, listApiKeys as list } from '#lib/api/operations/api-keys';
import { toApiKeyResource, toMadeApiKeyResource } from '#lib/api/resources/api-keys';
import { routes, serve } from '#lib/api/serve';
import { keySettingsOf } from '#lib/auth/api-key-input';
import { createApiKey, getApiKey, listApiKeys } from '#lib/auth/api-keys';
import { recordCall } from '#lib/auth/audit';

export const { GET, POST, PUT, PATCH, DELETE } = routes(
  serve(list, async ({ db, actor, query }) => {
    const { items, nextCursor } = await listApiKeys(db, actor, query);
    return Response.json({ items: items.map(toApiKeyResource), next_cursor: nextCursor });
  }),
  serve(create, (call) => {
    const { db, actor, caller, body, now } = call;
    const expiresAt = body.expires_at === null ? null : Date.parse(body.expires_at);
    const wanted = { ...keySettingsOf(body), name: body.name, expiresAt };
    return createOnce(call, {
      makes: 'API key',
      status: 201,
      async make(creation) {
        const { apiKey, key } = await createApiKey(db, caller, wanted, now, creation);
        await recordCall(call, { action: 'api_key.created', subject: apiKey.id });
        return toMadeApiKeyResource(apiKey, key);
      },
      find: async (id) => toMadeApiKeyResource(await getApiKey(db, actor, id), null),
      keeps: (made) => ({ ...made, key: null }),
    });
  }),
);
