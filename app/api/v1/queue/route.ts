import { jobFilterFrom } from '#lib/api/list-query';
import { routes } from '#lib/api/route';
import { listJobResources, queueCounts } from '#lib/jobs/queries';

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  GET: async ({ request, db, actor, now }) => {
    const filter = jobFilterFrom(request);
    const counts = await queueCounts(db, actor);
    const { items, nextCursor } = await listJobResources(db, actor, filter, now);
    return Response.json({ counts, tasks: items, next_cursor: nextCursor });
  },
});
