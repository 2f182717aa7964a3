import { getBatch } from '#lib/api/operations/batches';
import { routes, serve } from '#lib/api/serve';
import { getBatchResource } from '#lib/jobs/batches/batch-queries';

export const { GET, POST, PUT, PATCH, DELETE } = routes(
  serve(getBatch, async ({ params, db, actor, now }) =>
    Response.json(await getBatchResource(db, actor, params.id, now)),
  ),
);
