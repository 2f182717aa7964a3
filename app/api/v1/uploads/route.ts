import { routes } from '#lib/api/route';
import { readSubmission } from '#lib/api/submission';
import { takeUpload } from '#lib/api/upload';
import { toUploadResource } from '#lib/media/uploads';

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  POST: async ({ request, db, store, actor, now }) => {
    const submission = await readSubmission(request, store, { files: 1 });
    const upload = toUploadResource(await takeUpload(db, store, actor, submission, now));
    return Response.json(upload, { status: 201, headers: { Location: upload.urls.self } });
  },
});
