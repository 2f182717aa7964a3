import { z } from 'zod';
import { AUDIT_ACTIONS } from '#lib/audit/actions';
import { pageQuery } from '../list-query.ts';
import { operation } from '../operation.ts';
import { auditPageSchema } from '../resources/audit.ts';

export const listAudit = operation({
  id: 'listAudit',
  method: 'GET',
  path: '/api/v1/audit',
  chapter: 'Operation',
  summary: 'The audit log, newest first',
  description:
    'Who signed in or was refused, made, changed or revoked a key or a webhook, deleted jobs, or acted for everyone. For administrators.',
  access: 'admin',
  query: pageQuery.extend({
    action: z.enum(AUDIT_ACTIONS).optional().meta({ description: 'Only acts of this kind' }),
    actor: z.uuid().toLowerCase().optional().meta({ description: 'Only what this account did' }),
  }),
  answers: { 200: { description: 'A page of acts', schema: auditPageSchema } },
});
