import { createOnce } from '#lib/api/idempotency';
import { rotateApiKey as operation } from '#lib/api/operations/api-keys';
import { toMadeApiKeyResource } from '#lib/api/resources/api-keys';
import { routes, serve } from '#lib/api/serve';
import { getApiKey } from '#lib/auth/api-keys';
import { recordCall } from '#lib/auth/audit';
import { rotateApiKey } from '#lib/auth/rotate-api-key';

export const { GET, POST, PUT, PATCH, DELETE } = routes(
  serve(operation, (call) => {
    const { db, actor, caller, params, body, now } = call;
    const overlapMs = body.overlap_seconds * 1_000;
    return createOnce(call, {
      makes: 'rotated API key',
      status: 201,
      async make(creation) {
        const { apiKey, key } = await rotateApiKey(db, caller, params.id, overlapMs, now, creation);
        const details = { replaced_by: apiKey.id, overlap_seconds: body.overlap_seconds };
        await recordCall(call, { action: 'api_key.rotated', subject: params.id, details });
        return toMadeApiKeyResource(apiKey, key);
      },
      find: async (id) => toMadeApiKeyResource(await getApiKey(db, actor, id), null),
      keeps: (made) => ({ ...made, key: null }),
    });
  }),
);
