import { cancelJob as operation } from '#lib/api/operations/jobs';
import { routes, serve } from '#lib/api/serve';
import { getJobResource } from '#lib/jobs/job-resources';
import { cancelJob } from '#lib/jobs/requests';

export const { GET, POST, PUT, PATCH, DELETE } = routes(
  serve(operation, async ({ params, db, actor, now }) => {
    const { id } = await cancelJob(db, actor, params.id, now);
    return Response.json(await getJobResource(db, actor, id, now));
  }),
);
