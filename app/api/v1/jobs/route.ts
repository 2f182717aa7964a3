import { jobFilterFrom } from '#lib/api/list-query';
import { routes } from '#lib/api/route';
import { listJobResources } from '#lib/jobs/queries';

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  GET: async ({ request, db, actor, now }) => {
    const { items, nextCursor } = await listJobResources(db, actor, jobFilterFrom(request), now);
    return Response.json({ items, next_cursor: nextCursor });
  },
});
