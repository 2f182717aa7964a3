import { getReadiness } from '#lib/api/operations/operation';
import { readiness } from '#lib/api/readiness';
import { routes, serve } from '#lib/api/serve';

export const { GET, POST, PUT, PATCH, DELETE } = routes(
  serve(getReadiness, async ({ db, now }) => {
    const { ready, parts } = await readiness(db, now);
    return Response.json({ status: ready ? 'ready' : 'not_ready', parts }, { status: ready ? 200 : 503 });
  }),
);
