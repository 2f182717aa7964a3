import { type AuditEntry, record } from '#lib/audit/log';
import { systemClock } from '#lib/core/clock';
import type { Database } from '#lib/db/client';

/** Put down in the audit log what the operator has done at the command line. Never rejects. */
export async function recordAct(
  db: Database,
  { action, subject, details }: Pick<AuditEntry, 'action' | 'subject' | 'details'>,
): Promise<void> {
  const operator = { actorId: null, address: null, requestId: null };
  await record(
    db,
    { ...operator, action, subject, details: { ...details, at: 'command line' } },
    systemClock(),
  );
}
