import { jobFilterFrom } from '#lib/api/list-query';
import { routes } from '#lib/api/route';
import { listJobResources } from '#lib/jobs/queries';

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  GET: async ({ request, db, actor }) => {
    const { items, nextCursor } = await listJobResources(db, actor, jobFilterFrom(request));
    return Response.json({ items, next_cursor: nextCursor });
  },
});
