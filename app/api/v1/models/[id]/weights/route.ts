import { refuseVerb } from '#lib/api/model-verb';
import { deleteWeights } from '#lib/api/operations/models';
import { routes, serve } from '#lib/api/serve';
import { removing } from '#lib/models/by-hand';

export const { GET, POST, PUT, PATCH, DELETE } = routes(
  serve(deleteWeights, ({ params }) => refuseVerb(params.id, removing)),
);
