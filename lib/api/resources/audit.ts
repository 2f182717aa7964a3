import { z } from 'zod';
import { AUDIT_ACTIONS } from '#lib/audit/actions';
import type { AuditRecord } from '#lib/audit/log';
import { toIso } from '#lib/core/clock';
import { pageOf } from './page.ts';
import { moment } from './parts.ts';

const auditRecordSchema = z
  .object({
    id: z.uuid(),
    at: moment,
    action: z.enum(AUDIT_ACTIONS),
    actor_id: z.uuid().nullable().meta({ description: 'Whose account; null where nobody was known.' }),
    subject: z.string().nullable().meta({ description: 'What it was done to: an id, or an e-mail address.' }),
    address: z.string().nullable().meta({ description: 'Where the request came from.' }),
    request_id: z.string().nullable(),
    details: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'AuditRecord' });

export const auditPageSchema = pageOf(auditRecordSchema, 'AuditPage');

/** An act as the API shows it. */
export function toAuditResource(record: AuditRecord): z.output<typeof auditRecordSchema> {
  return {
    id: record.id,
    at: toIso(record.at)!,
    action: record.action,
    actor_id: record.actorId,
    subject: record.subject,
    address: record.address,
    request_id: record.requestId,
    details: record.details,
  };
}
