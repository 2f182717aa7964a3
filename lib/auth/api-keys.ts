import { and, desc, eq, isNull, lt, sql } from 'drizzle-orm';
import type { Actor } from '#lib/core/actor';
import { AppError, notFound } from '#lib/core/errors';
import type { Database } from '#lib/db/client';
import { type Creation, plainCreation } from '#lib/db/creation';
import { pageOfRows } from '#lib/db/page';
import { apiKeys } from '#lib/db/schema/auth';
import { isLive } from './api-key-caller.ts';
import { checkExpiry, checkLimits, type KeySettings } from './api-key-input.ts';
import { newKeyText } from './api-key-text.ts';
import { type Caller, requireScopes } from './caller.ts';
import { USUAL_SCOPES } from './scopes.ts';

/** An API key as its owner sees it: the key itself is shown once, when it is made. */
export type ApiKey = Omit<typeof apiKeys.$inferSelect, 'hash' | 'ownerId'>;

const KEY_COLUMNS = {
  id: apiKeys.id,
  name: apiKeys.name,
  prefix: apiKeys.prefix,
  scopes: apiKeys.scopes,
  expiresAt: apiKeys.expiresAt,
  replacesId: apiKeys.replacesId,
  hourlyLimit: apiKeys.hourlyLimit,
  dailyLimit: apiKeys.dailyLimit,
  createdAt: apiKeys.createdAt,
  lastUsedAt: apiKeys.lastUsedAt,
  revokedAt: apiKeys.revokedAt,
};

/** What a key is made with; what is not said goes without saying. */
export interface NewApiKey extends Partial<KeySettings> {
  name: string;
  /** Epoch milliseconds; null is never. */
  expiresAt?: number | null;
}

/** A key that was just made. `key` is what its owner writes down; only its hash is kept. */
export interface MadeApiKey {
  key: string;
  apiKey: ApiKey;
}

/**
 * Make a key for the caller. Throws AppError `validation_failed`, or `forbidden` where it would allow more than the
 * caller may.
 */
export async function createApiKey(
  db: Database,
  caller: Caller,
  wanted: NewApiKey,
  now: number,
  { id, alongside }: Creation = plainCreation(),
): Promise<MadeApiKey> {
  const { scopes = [...USUAL_SCOPES], expiresAt = null } = wanted;
  requireScopes(caller, scopes);
  checkLimits(caller.actor, wanted);
  checkExpiry(expiresAt, now);
  const { key, ...kept } = newKeyText();
  const ownerId = caller.actor.userId;
  const insert = db
    .insert(apiKeys)
    .values({ ...wanted, ...kept, id, ownerId, scopes, expiresAt, createdAt: now });
  const [first, ...others] = [...alongside, insert];
  await db.batch([first!, ...others]);
  return { key, apiKey: await getApiKey(db, caller.actor, id) };
}

/** A page of the actor's keys, newest first, revoked ones included. */
export async function listApiKeys(
  db: Database,
  actor: Actor,
  { cursor, limit }: { cursor?: string; limit: number },
): Promise<{ items: ApiKey[]; nextCursor: string | null }> {
  const found = await db
    .select(KEY_COLUMNS)
    .from(apiKeys)
    .where(and(eq(apiKeys.ownerId, actor.userId), cursor === undefined ? undefined : lt(apiKeys.id, cursor)))
    .orderBy(desc(apiKeys.id))
    .limit(limit + 1);
  const { rows: items, nextCursor } = pageOfRows(found, limit);
  return { items, nextCursor };
}

/** Those of the actor's keys that were not revoked, newest first, and whether another has taken the place of each. */
export async function unrevokedApiKeys(
  db: Database,
  actor: Actor,
): Promise<(ApiKey & { isReplaced: boolean })[]> {
  const successor = sql`SELECT 1 FROM ${apiKeys} AS other
    WHERE other.owner_id = api_keys.owner_id AND other.replaces_id = api_keys.id`;
  return db
    .select({ ...KEY_COLUMNS, isReplaced: sql`EXISTS (${successor})`.mapWith(Boolean) })
    .from(apiKeys)
    .where(and(eq(apiKeys.ownerId, actor.userId), isNull(apiKeys.revokedAt)))
    .orderBy(desc(apiKeys.id));
}

/** A key of the actor's own. Throws AppError `not_found`. */
export async function getApiKey(db: Database, actor: Actor, id: string): Promise<ApiKey> {
  const [row] = await db.select(KEY_COLUMNS).from(apiKeys).where(ownedKey(actor, id));
  if (!row) throw notFound('API key');
  return row;
}

/**
 * Change a key of the caller's own. Throws AppError `not_found`, `conflict` where the key has ended, or `forbidden`
 * where it would allow more than the caller may.
 */
export async function changeApiKey(
  db: Database,
  caller: Caller,
  id: string,
  change: Partial<KeySettings>,
  now: number,
): Promise<ApiKey> {
  requireLive(await getApiKey(db, caller.actor, id), now);
  requireScopes(caller, change.scopes ?? []);
  checkLimits(caller.actor, change);
  if (Object.values(change).some((value) => value !== undefined)) {
    await db.update(apiKeys).set(change).where(ownedKey(caller.actor, id));
  }
  return getApiKey(db, caller.actor, id);
}

/** End a key for good. Revoking it again changes nothing. Throws AppError `not_found`. */
export async function revokeApiKey(db: Database, actor: Actor, id: string, now: number): Promise<void> {
  await db
    .update(apiKeys)
    .set({ revokedAt: now })
    .where(and(ownedKey(actor, id), isNull(apiKeys.revokedAt)));
  await getApiKey(db, actor, id);
}

/** Whether a key was taken back before its time; also one that is gone, with its owner. */
export async function wasRevoked(db: Database, id: string): Promise<boolean> {
  const [key] = await db.select({ revokedAt: apiKeys.revokedAt }).from(apiKeys).where(eq(apiKeys.id, id));
  return key?.revokedAt !== null;
}

/** Throws AppError `conflict` for a key that has ended. */
export function requireLive(key: ApiKey, now: number): void {
  if (isLive(key, now)) return;
  const suggestion = 'Make a new key.';
  throw new AppError('conflict', 'This API key has ended.', { suggestion });
}

function ownedKey(actor: Actor, id: string) {
  return and(eq(apiKeys.id, id), eq(apiKeys.ownerId, actor.userId));
}
