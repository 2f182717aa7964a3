import { jobFilterFrom } from '#lib/api/list-query';
import { routes } from '#lib/api/route';
import { listJobResources, queueCounts } from '#lib/jobs/queries';
import { queuePause } from '#lib/jobs/queue-control';

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  GET: async ({ request, db, actor, now }) => {
    const filter = jobFilterFrom(request);
    const counts = await queueCounts(db, actor);
    const { items, nextCursor } = await listJobResources(db, actor, filter, now);
    const paused = await queuePause(db, actor.userId);
    return Response.json({ counts, paused, tasks: items, next_cursor: nextCursor });
  },
});
