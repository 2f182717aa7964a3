import { rehearsed } from '#lib/api/dry-run';
import { createBatch, listBatches } from '#lib/api/operations/batches';
import { routes, serve } from '#lib/api/serve';
import { submitOnce } from '#lib/api/submit-once';
import { settings } from '#lib/config/settings';
import { getBatchResource, listBatchSummaries } from '#lib/jobs/batches/batch-queries';
import { rehearseBatch } from '#lib/pipelines/submission/rehearse-batch';
import { submitBatch } from '#lib/pipelines/submission/submit-batch';

export const { GET, POST, PUT, PATCH, DELETE } = routes(
  serve(listBatches, async ({ query, db, actor }) => {
    const { items, nextCursor } = await listBatchSummaries(db, actor, query);
    return Response.json({ items, next_cursor: nextCursor });
  }),
  serve(createBatch, async (call) => {
    const { db, store, actor, now } = call;
    const { batchPictures } = settings();
    const limits = { files: batchPictures, values: batchPictures, tooLarge: 'cut' } as const;
    if (call.query.dry_run) {
      return rehearsed(call, limits, (submission) => rehearseBatch(db, store, actor, submission, now));
    }
    return submitOnce(call, {
      makes: 'batch',
      status: 202,
      limits,
      make: (submission, creation) => submitBatch(db, store, actor, submission, now, creation),
      find: (id) => getBatchResource(db, actor, id, now),
    });
  }),
);
