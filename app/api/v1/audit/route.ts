import { listAudit as operation } from '#lib/api/operations/audit';
import { toAuditResource } from '#lib/api/resources/audit';
import { routes, serve } from '#lib/api/serve';
import { listAudit } from '#lib/auth/audit';

export const { GET, POST, PUT, PATCH, DELETE } = routes(
  serve(operation, async ({ db, actor, query: { actor: actorId, ...query } }) => {
    const { records, nextCursor } = await listAudit(db, actor, { ...query, actorId });
    return Response.json({ items: records.map(toAuditResource), next_cursor: nextCursor });
  }),
);
