import { sql } from 'drizzle-orm';
import { AppError } from '#lib/core/errors';
import type { Database } from '#lib/db/client';
import { type Creation, plainCreation } from '#lib/db/creation';
import { apiKeys } from '#lib/db/schema/auth';
import { type ApiKey, getApiKey, type MadeApiKey, requireLive } from './api-keys.ts';
import { newKeyText } from './api-key-text.ts';
import { type Caller, requireScopes } from './caller.ts';
import { knownScopes } from './scopes.ts';

/**
 * Make a key that takes the place of one of the caller's own, with its name, scopes, limits and, counted from now, its
 * lifetime. The old one is taken for `overlapMs` longer, no longer than it would have been. Of several who ask at once
 * one gets a key. Throws AppError `not_found`, `conflict` where the key has ended or been replaced, or `forbidden` where
 * it allows more than the caller may.
 */
export async function rotateApiKey(
  db: Database,
  caller: Caller,
  id: string,
  overlapMs: number,
  now: number,
  { id: successorId, alongside }: Creation = plainCreation(),
): Promise<MadeApiKey> {
  const old = await getApiKey(db, caller.actor, id);
  requireLive(old, now);
  requireScopes(caller, knownScopes(old.scopes));
  const { key, ...kept } = newKeyText();
  const insert = insertSuccessor(db, old, { ...kept, id: successorId }, now);
  const end = endOld(db, old, successorId, now + overlapMs);
  const [first, ...others] = [...alongside, insert, end];
  await db.batch([first!, ...others]);
  const apiKey = await getApiKey(db, caller.actor, successorId).catch(() => null);
  if (apiKey) return { key, apiKey };
  throw new AppError('conflict', 'This API key has been replaced already.', {
    suggestion: 'Rotate the key that took its place.',
  });
}

/** Looks and writes in one statement: nothing is inserted where the key has ended or has a successor. */
function insertSuccessor(
  db: Database,
  old: ApiKey,
  { id, prefix, hash }: { id: string; prefix: string; hash: string },
  now: number,
) {
  const expiresAt = old.expiresAt && now + old.expiresAt - old.createdAt;
  return db.run(sql`
    INSERT INTO ${apiKeys} (id, owner_id, name, prefix, hash, scopes, expires_at, replaces_id,
      hourly_limit, daily_limit, created_at)
    SELECT ${id}, owner_id, name, ${prefix}, ${hash}, ${JSON.stringify(old.scopes)}, ${expiresAt}, id,
      hourly_limit, daily_limit, ${now}
    FROM ${apiKeys} AS old
    WHERE id = ${old.id} AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ${now})
      AND NOT EXISTS (SELECT 1 FROM ${apiKeys} AS other
        WHERE other.owner_id = old.owner_id AND other.replaces_id = old.id)`);
}

function endOld(db: Database, old: ApiKey, successorId: string, endsAt: number) {
  return db.run(sql`
    UPDATE ${apiKeys} SET expires_at = min(coalesce(expires_at, ${endsAt}), ${endsAt})
    WHERE id = ${old.id} AND EXISTS (SELECT 1 FROM ${apiKeys} AS heir WHERE heir.id = ${successorId})`);
}
