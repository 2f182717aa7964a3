import { getUsage } from '#lib/api/operations/usage';
import { routes, serve } from '#lib/api/serve';
import { usageOf } from '#lib/api/usage';

export const { GET, POST, PUT, PATCH, DELETE } = routes(
  serve(getUsage, async ({ db, caller, now }) => Response.json(await usageOf(db, caller, now))),
);
