import { jobFilterOf } from '#lib/api/list-query';
import { getQueue } from '#lib/api/operations/queue';
import { routes, serve } from '#lib/api/serve';
import { queueCounts } from '#lib/jobs/counts';
import { listJobResources } from '#lib/jobs/job-resources';
import { queuePause } from '#lib/jobs/queue-control';

export const { GET, POST, PUT, PATCH, DELETE } = routes(
  serve(getQueue, async ({ query, db, actor, now }) => {
    const counts = await queueCounts(db, actor);
    const { items, nextCursor } = await listJobResources(db, actor, jobFilterOf(query), now);
    const paused = await queuePause(db, actor.userId);
    return Response.json({ counts, paused, tasks: items, next_cursor: nextCursor });
  }),
);
