import { z } from 'zod';
import { type AuditEntry, type AuditFilter, type AuditRecord, readLog, record } from '#lib/audit/log';
import type { Actor } from '#lib/core/actor';
import type { Database } from '#lib/db/client';
import { normaliseEmail } from './account-input.ts';
import type { User } from './accounts.ts';
import { type Caller, keyIdOf } from './caller.ts';
import { clientAddress } from './client-address.ts';
import { requireAdministrator } from './policy.ts';

/** What the audit log says of an act besides who did it and from where. */
export type Act = Pick<AuditEntry, 'action' | 'subject' | 'details'>;

/** A request as the handlers of the API have it. */
interface CallerCall {
  db: Database;
  request: Request;
  requestId: string;
  caller: Caller;
  now: number;
}

/** Put down what a handler of the API has done. Never rejects. */
export async function recordCall(call: CallerCall, { action, subject, details }: Act): Promise<void> {
  const { db, request, requestId, caller, now } = call;
  const keyId = keyIdOf(caller);
  const entry = {
    action,
    actorId: caller.actor.userId,
    subject,
    address: clientAddress(request.headers),
    requestId,
    details: { ...(keyId && { by_key: keyId }), ...details },
  };
  await record(db, entry, now);
}

/** Put a sign-in down, accepted where it led to a `user`. Never rejects. */
export async function recordSignIn(
  db: Database,
  headers: Headers,
  { user, email }: { user: User | null; email: string | undefined },
  now: number,
): Promise<void> {
  const entry = {
    action: user ? 'sign_in.accepted' : 'sign_in.refused',
    actorId: user?.id ?? null,
    subject: emailIn(email),
    address: clientAddress(headers),
    requestId: null,
  } as const;
  await record(db, entry, now);
}

/** An address, and nothing else that somebody may have typed into its field: that could be a password. */
function emailIn(typed = ''): string | undefined {
  const { success, data } = z.email().safeParse(normaliseEmail(typed));
  return success ? data : undefined;
}

/** The audit log, newest first. Throws AppError `forbidden` for anyone but an administrator. */
export async function listAudit(
  db: Database,
  actor: Actor,
  filter: AuditFilter,
): Promise<{ records: AuditRecord[]; nextCursor: string | null }> {
  requireAdministrator(actor);
  return readLog(db, filter);
}
