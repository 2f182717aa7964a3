import { and, eq, getTableColumns, isNull, lt, or } from 'drizzle-orm';
import { webLog } from '#lib/config/web-log';
import type { Database } from '#lib/db/client';
import { draft, given, prepared, rowsOf } from '#lib/db/prepared';
import { apiKeys, users } from '#lib/db/schema/auth';
import { Unwritten } from '#lib/db/unwritten';
import type { User } from './accounts.ts';
import { actorOf } from './actor.ts';
import { hashOfKey, looksLikeKey, sameHash } from './api-key-text.ts';
import type { Caller } from './caller.ts';
import { knownScopes } from './scopes.ts';

/** A key's last use is noted at most this often, so that reading does not mean writing. */
const USE_NOTED_EVERY_MS = 60_000;

/**
 * Who calls with this key, or null where it is unknown, revoked or expired. An administrator is one by a key only where
 * it has the scope.
 */
export async function callerOfApiKey(db: Database, key: string, now: number): Promise<Caller | null> {
  const found = looksLikeKey(key) ? await findKey(db, hashOfKey(key), now) : null;
  if (!found || !isLive(found, now)) return null;
  if ((found.lastUsedAt ?? 0) <= now - USE_NOTED_EVERY_MS) await noteUse(db, found.id, now);
  const scopes = knownScopes(found.scopes);
  const role = scopes.includes('admin') ? found.role : 'user';
  const limits = { hourly: found.hourlyLimit, daily: found.dailyLimit };
  return { actor: actorOf({ id: found.ownerId, role }), via: { keyId: found.id, scopes, limits } };
}

/** Whether a key is taken at a moment. */
export function isLive(key: { revokedAt: number | null; expiresAt: number | null }, now: number): boolean {
  return key.revokedAt === null && (key.expiresAt === null || key.expiresAt > now);
}

const KEY_COLUMNS = getTableColumns(apiKeys);
const readKeys = rowsOf(apiKeys);

/** Every request of a program passes through it, so it is prepared, and asked again only once something was written. */
const FIND_KEY = prepared(
  draft
    .select({ ...KEY_COLUMNS, role: users.role })
    .from(apiKeys)
    .innerJoin(users, eq(users.id, apiKeys.ownerId))
    .where(eq(apiKeys.hash, given('hash'))),
  (rows) => {
    const [key] = readKeys(rows);
    return key ? { ...key, role: rows[0]![Object.keys(KEY_COLUMNS).length] as User['role'] } : null;
  },
);

type FoundKey = typeof apiKeys.$inferSelect & { role: User['role'] };

const foundKeys = new Unwritten<FoundKey | null>();

async function findKey(db: Database, hash: string, now: number): Promise<FoundKey | null> {
  const found = await foundKeys.read(db, hash, now, () => FIND_KEY({ hash }).run(db));
  return found && sameHash(found.hash, hash) ? found : null;
}

/** Never rejects: a request must not fail for a note about it, least of all one that only reads. */
async function noteUse(db: Database, id: string, now: number): Promise<void> {
  const stale = or(isNull(apiKeys.lastUsedAt), lt(apiKeys.lastUsedAt, now));
  await db
    .update(apiKeys)
    .set({ lastUsedAt: now })
    .where(and(eq(apiKeys.id, id), stale))
    .catch((error: unknown) => webLog().warn({ err: error, apiKeyId: id }, 'API key use not noted'));
}
