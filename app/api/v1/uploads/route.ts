import { createUpload } from '#lib/api/operations/uploads';
import { routes, serve } from '#lib/api/serve';
import { submitOnce } from '#lib/api/submit-once';
import { takeUpload } from '#lib/api/upload';
import { getUpload } from '#lib/media/queries';
import { toUploadResource } from '#lib/media/uploads';

export const { GET, POST, PUT, PATCH, DELETE } = routes(
  serve(createUpload, async (call) => {
    const { db, store, actor, now } = call;
    return submitOnce(call, {
      makes: 'upload',
      status: 201,
      limits: { files: 1 },
      make: async (submission, creation) =>
        toUploadResource(await takeUpload(db, store, actor, submission, now, creation)),
      find: async (id) => toUploadResource(await getUpload(db, actor, id)),
    });
  }),
);
