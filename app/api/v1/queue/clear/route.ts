import { routes } from '#lib/api/route';
import { discardFinishedJobs } from '#lib/pipelines/discard';

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  POST: async ({ db, store, actor, now }) => {
    return Response.json({ deleted: await discardFinishedJobs(db, store, actor, now) });
  },
});
