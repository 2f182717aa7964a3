import { idFrom, routes } from '#lib/api/route';
import { getJobResource } from '#lib/jobs/queries';
import { retryJob } from '#lib/jobs/requests';

export const { GET, POST, PUT, PATCH, DELETE } = routes<{ id: string }>({
  POST: async ({ params, db, actor, now }) => {
    const { id } = await retryJob(db, actor, idFrom(params.id, 'job'), now);
    return Response.json(await getJobResource(db, actor, id, now));
  },
});
