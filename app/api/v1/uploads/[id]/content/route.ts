import { fileResponse } from '#lib/api/file-response';
import { getUploadContent } from '#lib/api/operations/uploads';
import { routes, serve } from '#lib/api/serve';
import { uploadKey } from '#lib/media/store/file-key';
import { getUpload } from '#lib/media/queries';

export const { GET, POST, PUT, PATCH, DELETE } = routes(
  serve(getUploadContent, async ({ request, params, db, store, actor }) => {
    const upload = await getUpload(db, actor, params.id);
    return fileResponse(store, request, { ...upload, key: uploadKey(upload.sha256) });
  }),
);
