import { refuseVerb } from '#lib/api/model-verb';
import { unloadModel } from '#lib/api/operations/models';
import { routes, serve } from '#lib/api/serve';
import { unloading } from '#lib/models/by-hand';

export const { GET, POST, PUT, PATCH, DELETE } = routes(
  serve(unloadModel, ({ params }) => refuseVerb(params.id, unloading)),
);
