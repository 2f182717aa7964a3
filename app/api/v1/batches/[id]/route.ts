import { idFrom, routes } from '#lib/api/route';
import { getBatchResource } from '#lib/jobs/batches/batch-queries';

export const { GET, POST, PUT, PATCH, DELETE } = routes<{ id: string }>({
  GET: async ({ params, db, actor, now }) =>
    Response.json(await getBatchResource(db, actor, idFrom(params.id, 'batch'), now)),
});
