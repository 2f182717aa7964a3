import { fileResponse } from '#lib/api/file-response';
import { idFrom, routes } from '#lib/api/route';
import { uploadKey } from '#lib/media/store/file-key';
import { getUpload } from '#lib/media/queries';

export const { GET, POST, PUT, PATCH, DELETE } = routes<{ id: string }>({
  GET: async ({ request, params, db, store, actor }) => {
    const upload = await getUpload(db, actor, idFrom(params.id, 'upload'));
    return fileResponse(store, request, { ...upload, key: uploadKey(upload.sha256) });
  },
});
