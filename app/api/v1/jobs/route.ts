import { jobFilterOf } from '#lib/api/list-query';
import { listJobs } from '#lib/api/operations/jobs';
import { routes, serve } from '#lib/api/serve';
import { listJobResources } from '#lib/jobs/job-resources';

export const { GET, POST, PUT, PATCH, DELETE } = routes(
  serve(listJobs, async ({ query, db, actor, now }) => {
    const { items, nextCursor } = await listJobResources(db, actor, jobFilterOf(query), now);
    return Response.json({ items, next_cursor: nextCursor });
  }),
);
