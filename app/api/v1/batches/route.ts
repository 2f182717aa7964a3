import { acceptOnce } from '#lib/api/idempotency';
import { pageFrom } from '#lib/api/list-query';
import { routes } from '#lib/api/route';
import { settings } from '#lib/config/settings';
import { getBatchResource, listBatchSummaries } from '#lib/jobs/batches/batch-queries';
import { submitBatch } from '#lib/pipelines/submission/submit-batch';

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  GET: async ({ request, db, actor }) => {
    const { items, nextCursor } = await listBatchSummaries(db, actor, pageFrom(request));
    return Response.json({ items, next_cursor: nextCursor });
  },
  POST: async (call) => {
    const { db, store, actor, now } = call;
    const { batchPictures } = settings();
    return acceptOnce(call, {
      makes: 'batch',
      limits: { files: batchPictures, values: batchPictures, tooLarge: 'cut' },
      make: (submission, key) => submitBatch(db, store, actor, submission, now, key),
      find: (id) => getBatchResource(db, actor, id, now),
    });
  },
});
