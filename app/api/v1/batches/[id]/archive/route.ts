import { archiveResponse } from '#lib/api/archive-response';
import { batchArchive } from '#lib/api/archives';
import { getBatchArchive } from '#lib/api/operations/batches';
import { routes, serve } from '#lib/api/serve';

export const { GET, POST, PUT, PATCH, DELETE } = routes(
  serve(getBatchArchive, async ({ request, params, db, store, actor, now }) =>
    archiveResponse(store, request, await batchArchive(db, actor, params.id, now)),
  ),
);
