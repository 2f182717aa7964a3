import { listModels } from '#lib/api/operations/models';
import { routes, serve } from '#lib/api/serve';
import { listModelResources } from '#lib/pipelines/model-resource';

export const { GET, POST, PUT, PATCH, DELETE } = routes(
  serve(listModels, async ({ query }) => Response.json({ items: await listModelResources(query) })),
);
