import { archiveResponse } from '#lib/api/archive-response';
import { batchArchive } from '#lib/api/archives';
import { idFrom, routes } from '#lib/api/route';

export const { GET, POST, PUT, PATCH, DELETE } = routes<{ id: string }>({
  GET: async ({ request, params, db, store, actor, now }) =>
    archiveResponse(store, request, await batchArchive(db, actor, idFrom(params.id, 'batch'), now)),
});
