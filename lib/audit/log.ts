import { and, desc, eq, lt } from 'drizzle-orm';
import { webLog } from '#lib/config/web-log';
import { newId } from '#lib/core/ids';
import type { Database } from '#lib/db/client';
import { pageOfRows } from '#lib/db/page';
import { auditLog } from '#lib/db/schema/audit';
import type { AuditAction } from './actions.ts';

/** One act, as it was put down. */
export type AuditRecord = Omit<typeof auditLog.$inferSelect, 'action'> & { action: AuditAction };

/** An act to put down. Nothing in it is secret: neither a password nor a key, nor what somebody typed for one. */
export interface AuditEntry {
  action: AuditAction;
  /** Null where nobody was known, as at a refused sign-in. */
  actorId: string | null;
  /** What it was done to: an id, or an e-mail address. */
  subject?: string;
  /** An IP address. */
  address: string | null;
  requestId: string | null;
  details?: Record<string, unknown>;
}

/** Put an act down. Never rejects: what was done is done, whether or not it could be noted, which is logged. */
export async function record(db: Database, entry: AuditEntry, now: number): Promise<void> {
  await db
    .insert(auditLog)
    .values({ ...entry, id: newId(), at: now })
    .catch((error: unknown) => webLog().error({ err: error, entry }, 'An act is missing from the audit log'));
}

export interface AuditFilter {
  action?: AuditAction | undefined;
  actorId?: string | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
  limit: number;
}

/** What everybody did, newest first. For administrators: see `listAudit` in lib/auth. */
export async function readLog(
  db: Database,
  { action, actorId, cursor, limit }: AuditFilter,
): Promise<{ records: AuditRecord[]; nextCursor: string | null }> {
  const wanted = and(
    action === undefined ? undefined : eq(auditLog.action, action),
    actorId === undefined ? undefined : eq(auditLog.actorId, actorId),
    cursor === undefined ? undefined : lt(auditLog.id, cursor),
  );
  const found = await db
    .select()
    .from(auditLog)
    .where(wanted)
    .orderBy(desc(auditLog.id))
    .limit(limit + 1);
  const { rows: records, nextCursor } = pageOfRows(found as AuditRecord[], limit);
  return { records, nextCursor };
}

/** Forget acts from before an epoch millisecond. Returns how many. */
export async function pruneLog(db: Database, before: number): Promise<number> {
  const { rowsAffected } = await db.delete(auditLog).where(lt(auditLog.at, before));
  return rowsAffected;
}
