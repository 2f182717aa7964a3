import { archiveResponse } from '#lib/api/archive-response';
import { jobArchive } from '#lib/api/archives';
import { idFrom, routes } from '#lib/api/route';

export const { GET, POST, PUT, PATCH, DELETE } = routes<{ id: string }>({
  GET: async ({ request, params, db, store, actor, now }) =>
    archiveResponse(store, request, await jobArchive(db, actor, idFrom(params.id, 'job'), now)),
});
