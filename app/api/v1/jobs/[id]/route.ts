import { idFrom, routes } from '#lib/api/route';
import { getJobResource } from '#lib/jobs/queries';
import { discardJob } from '#lib/pipelines/discard';

export const { GET, POST, PUT, PATCH, DELETE } = routes<{ id: string }>({
  GET: async ({ params, db, actor, now }) =>
    Response.json(await getJobResource(db, actor, idFrom(params.id, 'job'), now)),
  DELETE: async ({ params, db, store, actor }) => {
    await discardJob(db, store, actor, idFrom(params.id, 'job'));
    return new Response(null, { status: 204 });
  },
});
