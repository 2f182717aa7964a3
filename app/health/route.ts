import { getHealth } from '#lib/api/operations/operation';
import { routes, serveAlone } from '#lib/api/serve';

export const { GET, POST, PUT, PATCH, DELETE } = routes(
  serveAlone(getHealth, () =>
    Promise.resolve(Response.json({ status: 'ok' }, { headers: { 'Cache-Control': 'no-store' } })),
  ),
);
