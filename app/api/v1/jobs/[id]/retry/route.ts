import { retryJob as operation } from '#lib/api/operations/jobs';
import { routes, serve } from '#lib/api/serve';
import { getJobResource } from '#lib/jobs/job-resources';
import { retryJob } from '#lib/jobs/requests';

export const { GET, POST, PUT, PATCH, DELETE } = routes(
  serve(operation, async ({ params, db, actor, now }) => {
    const { id } = await retryJob(db, actor, params.id, now);
    return Response.json(await getJobResource(db, actor, id, now));
  }),
);
