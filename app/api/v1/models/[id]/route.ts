import { getModel } from '#lib/api/operations/models';
import { routes, serve } from '#lib/api/serve';
import { notFound } from '#lib/core/errors';
import { findModelResource } from '#lib/pipelines/model-resource';

export const { GET, POST, PUT, PATCH, DELETE } = routes(
  serve(getModel, async ({ params }) => {
    const model = await findModelResource(params.id);
    if (!model) throw notFound('model');
    return Response.json(model);
  }),
);
