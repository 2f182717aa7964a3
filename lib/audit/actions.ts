/** What is put down in the audit log: a noun, and what became of it. */
export const AUDIT_ACTIONS = [
  'sign_in.accepted',
  'sign_in.refused',
  'sign_out',
  'account.created',
  'password.changed',
  'api_key.created',
  'api_key.changed',
  'api_key.rotated',
  'api_key.revoked',
  'webhook.created',
  'webhook.changed',
  'webhook.deleted',
  'job.deleted',
  'queue.cleared',
  'queue.stopped_for_everyone',
  'queue.started_for_everyone',
] as const;

export type AuditAction = (typeof AUDIT_ACTIONS)[number];
