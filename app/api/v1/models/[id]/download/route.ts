import { refuseVerb } from '#lib/api/model-verb';
import { downloadModel } from '#lib/api/operations/models';
import { routes, serve } from '#lib/api/serve';
import { fetching } from '#lib/models/by-hand';

export const { GET, POST, PUT, PATCH, DELETE } = routes(
  serve(downloadModel, ({ params }) => refuseVerb(params.id, fetching)),
);
