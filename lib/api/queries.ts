import { max, sql } from 'drizzle-orm';
import type { Database } from '#lib/db/client';
import { workers } from '#lib/db/schema/workers';

/** When a worker last said that it lives, epoch milliseconds; null where none ever has. */
export async function lastHeartbeat(db: Database): Promise<number | null> {
  const [row] = await db.select({ at: max(workers.heartbeatAt) }).from(workers);
  return row?.at ?? null;
}

/** How many migrations the database has had. Rejects where it has had none. */
export async function appliedMigrations(db: Database): Promise<number> {
  const row = await db.get<{ total: number }>(sql`SELECT count(*) AS total FROM __drizzle_migrations`);
  return row.total;
}
