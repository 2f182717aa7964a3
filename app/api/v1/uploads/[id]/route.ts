import { getUpload as operation } from '#lib/api/operations/uploads';
import { routes, serve } from '#lib/api/serve';
import { getUpload } from '#lib/media/queries';
import { toUploadResource } from '#lib/media/uploads';

export const { GET, POST, PUT, PATCH, DELETE } = routes(
  serve(operation, async ({ params, db, actor }) =>
    Response.json(toUploadResource(await getUpload(db, actor, params.id))),
  ),
);
