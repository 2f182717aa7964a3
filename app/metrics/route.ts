import { METRICS_TYPE, metricsText } from '#lib/api/metrics/metrics';
import { getMetrics } from '#lib/api/operations/metrics';
import { routes, serve } from '#lib/api/serve';
import { requireAdministrator } from '#lib/auth/policy';

export const { GET, POST, PUT, PATCH, DELETE } = routes(
  serve(getMetrics, async ({ db, actor, now }) => {
    requireAdministrator(actor);
    return new Response(await metricsText(db, now), { headers: { 'Content-Type': METRICS_TYPE } });
  }),
);
