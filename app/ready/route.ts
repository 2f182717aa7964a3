import { readiness } from '#lib/api/readiness';
import { publicRoutes } from '#lib/api/route';

export const { GET, POST, PUT, PATCH, DELETE } = publicRoutes({
  GET: async ({ db, now }) => {
    const { ready, parts } = await readiness(db, now);
    return Response.json({ status: ready ? 'ready' : 'not_ready', parts }, { status: ready ? 200 : 503 });
  },
});
