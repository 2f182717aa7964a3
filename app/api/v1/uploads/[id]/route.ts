import { idFrom, routes } from '#lib/api/route';
import { getUpload } from '#lib/media/queries';
import { toUploadResource } from '#lib/media/uploads';

export const { GET, POST, PUT, PATCH, DELETE } = routes<{ id: string }>({
  GET: async ({ params, db, actor }) => {
    const upload = await getUpload(db, actor, idFrom(params.id, 'upload'));
    return Response.json(toUploadResource(upload));
  },
});
