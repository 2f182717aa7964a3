import { and, eq, lt } from 'drizzle-orm';
import type { Actor } from '#lib/core/actor';
import type { Database } from '#lib/db/client';
import { idempotencyKeys } from '#lib/db/schema/idempotency';

/** The name a sender gave a request, and what it asks for. */
export interface RequestKey {
  key: string;
  /** sha256 of the request, hex. */
  fingerprint: string;
}

/** A request that was carried out. */
export type KeptRequest = typeof idempotencyKeys.$inferSelect;

/**
 * The statement that takes a key for what a request makes. In the transaction that makes it: where the key is taken
 * already, none of it happens.
 */
export function takeKey(
  db: Database,
  actor: Actor,
  { key, fingerprint }: RequestKey,
  madeId: string,
  now: number,
) {
  return db
    .insert(idempotencyKeys)
    .values({ ownerId: actor.userId, key, fingerprint, madeId, createdAt: now });
}

/** What the actor's request under a key has made, if there was one. */
export async function findKeptRequest(db: Database, actor: Actor, key: string): Promise<KeptRequest | null> {
  const [row] = await db.select().from(idempotencyKeys).where(ownedKey(actor, key));
  return row ?? null;
}

/** Keep the answer that a request was given. */
export async function keepAnswer(db: Database, actor: Actor, key: string, answer: unknown): Promise<void> {
  await db.update(idempotencyKeys).set({ answer }).where(ownedKey(actor, key));
}

/** Forget a request of which nothing came. */
export async function forgetRequest(db: Database, actor: Actor, key: string): Promise<void> {
  await db.delete(idempotencyKeys).where(ownedKey(actor, key));
}

/** Forget requests older than an epoch millisecond. Returns how many. */
export async function pruneIdempotencyKeys(db: Database, olderThan: number): Promise<number> {
  const { rowsAffected } = await db.delete(idempotencyKeys).where(lt(idempotencyKeys.createdAt, olderThan));
  return rowsAffected;
}

function ownedKey(actor: Actor, key: string) {
  return and(eq(idempotencyKeys.ownerId, actor.userId), eq(idempotencyKeys.key, key));
}
