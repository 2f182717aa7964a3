import { archiveResponse } from '#lib/api/archive-response';
import { jobArchive } from '#lib/api/archives';
import { getJobArchive } from '#lib/api/operations/jobs';
import { routes, serve } from '#lib/api/serve';

export const { GET, POST, PUT, PATCH, DELETE } = routes(
  serve(getJobArchive, async ({ request, params, db, store, actor, now }) =>
    archiveResponse(store, request, await jobArchive(db, actor, params.id, now)),
  ),
);
