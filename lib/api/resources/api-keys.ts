import { z } from 'zod';
import type { ApiKey } from '#lib/auth/api-keys';
import { knownScopes, SCOPES } from '#lib/auth/scopes';
import { toIso } from '#lib/core/clock';
import { pageOf } from './page.ts';
import { moment } from './parts.ts';

const limit = z.int().min(1).nullable();

const apiKeyShape = z.object({
  id: z.uuid(),
  name: z.string(),
  prefix: z
    .string()
    .meta({ description: 'The first characters of the key, enough to tell it from another.' }),
  scopes: z.array(z.enum(SCOPES)).meta({ description: 'What it may be used for.' }),
  hourly_limit: limit.meta({ description: 'Of its own; null for as many as any key.' }),
  daily_limit: limit,
  replaces_id: z.uuid().nullable().meta({ description: 'The key whose place it took.' }),
  created_at: moment,
  expires_at: moment.nullable().meta({ description: 'Not taken from then on.' }),
  last_used_at: moment.nullable().meta({ description: 'To the minute.' }),
  revoked_at: moment.nullable(),
});

export const apiKeySchema = apiKeyShape.meta({ id: 'ApiKey' });
export const apiKeyPageSchema = pageOf(apiKeySchema, 'ApiKeyPage');
export const madeApiKeySchema = apiKeyShape
  .extend({
    key: z
      .string()
      .nullable()
      .meta({ description: 'The key itself, this once: null where the same request is answered again.' }),
  })
  .meta({ id: 'MadeApiKey' });

/** A key as the API shows it. */
export function toApiKeyResource(key: ApiKey): z.output<typeof apiKeySchema> {
  return {
    id: key.id,
    name: key.name,
    prefix: key.prefix,
    scopes: knownScopes(key.scopes),
    hourly_limit: key.hourlyLimit,
    daily_limit: key.dailyLimit,
    replaces_id: key.replacesId,
    created_at: toIso(key.createdAt)!,
    expires_at: toIso(key.expiresAt),
    last_used_at: toIso(key.lastUsedAt),
    revoked_at: toIso(key.revokedAt),
  };
}

/** A key that was just made, with what its owner writes down; null where that is known no more. */
export function toMadeApiKeyResource(apiKey: ApiKey, key: string | null): z.output<typeof madeApiKeySchema> {
  return { ...toApiKeyResource(apiKey), key };
}
