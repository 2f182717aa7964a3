import { createHash, randomBytes } from 'node:crypto';
import { and, desc, eq, isNull, lt, or } from 'drizzle-orm';
import { webLog } from '#lib/config/web-log';
import type { Actor } from '#lib/core/actor';
import { AppError, notFound } from '#lib/core/errors';
import { newId } from '#lib/core/ids';
import type { Database } from '#lib/db/client';
import { apiKeys, users } from '#lib/db/schema/auth';

/** `mp_` and 32 random bytes in base64url. */
const KEY_PATTERN = /^mp_[\w-]{43}$/;
const PREFIX_LENGTH = 10;
const LONGEST_NAME = 80;
/** A key's last use is noted at most this often, so that reading does not mean writing. */
const USE_NOTED_EVERY_MS = 60_000;

/** An API key as its owner sees it: the key itself is shown once, when it is made. */
export type ApiKey = Omit<typeof apiKeys.$inferSelect, 'hash' | 'ownerId'>;

const KEY_COLUMNS = {
  id: apiKeys.id,
  name: apiKeys.name,
  prefix: apiKeys.prefix,
  createdAt: apiKeys.createdAt,
  lastUsedAt: apiKeys.lastUsedAt,
  revokedAt: apiKeys.revokedAt,
};

/** Make a key for a user. `key` is what they write down; only its hash is kept. Throws `validation_failed`. */
export async function createApiKey(
  db: Database,
  ownerId: string,
  name: string,
  now: number,
): Promise<{ key: string; apiKey: ApiKey }> {
  const key = `mp_${randomBytes(32).toString('base64url')}`;
  const prefix = key.slice(0, PREFIX_LENGTH);
  const [apiKey] = await db
    .insert(apiKeys)
    .values({ id: newId(), ownerId, name: checkName(name), prefix, hash: hashKey(key), createdAt: now })
    .returning(KEY_COLUMNS);
  return { key, apiKey: apiKey! };
}

/** Who holds this key, or null where it is unknown or revoked. */
export async function actorOfApiKey(db: Database, key: string, now: number): Promise<Actor | null> {
  if (!KEY_PATTERN.test(key)) return null;
  const [row] = await db
    .select({ id: apiKeys.id, lastUsedAt: apiKeys.lastUsedAt, userId: users.id, role: users.role })
    .from(apiKeys)
    .innerJoin(users, eq(users.id, apiKeys.ownerId))
    .where(and(eq(apiKeys.hash, hashKey(key)), isNull(apiKeys.revokedAt)));
  if (!row) return null;
  if ((row.lastUsedAt ?? 0) <= now - USE_NOTED_EVERY_MS) await noteUse(db, row.id, now);
  return { userId: row.userId, role: row.role };
}

/** The actor's keys, newest first, revoked ones included. */
export async function listApiKeys(db: Database, actor: Actor): Promise<ApiKey[]> {
  return db
    .select(KEY_COLUMNS)
    .from(apiKeys)
    .where(eq(apiKeys.ownerId, actor.userId))
    .orderBy(desc(apiKeys.id));
}

/** End a key for good. Revoking it again changes nothing. Throws AppError `not_found`. */
export async function revokeApiKey(db: Database, actor: Actor, id: string, now: number): Promise<void> {
  const own = and(eq(apiKeys.id, id), eq(apiKeys.ownerId, actor.userId));
  await db
    .update(apiKeys)
    .set({ revokedAt: now })
    .where(and(own, isNull(apiKeys.revokedAt)));
  const [row] = await db.select({ id: apiKeys.id }).from(apiKeys).where(own);
  if (!row) throw notFound('API key');
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

function hashKey(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

function checkName(name: string): string {
  const clean = name.trim();
  if (clean.length > 0 && clean.length <= LONGEST_NAME) return clean;
  const message = `A key’s name has 1 to ${LONGEST_NAME} characters.`;
  throw new AppError('validation_failed', message, {
    fields: [{ pointer: '/name', code: 'length', message, allowed: { minimum: 1, maximum: LONGEST_NAME } }],
  });
}
