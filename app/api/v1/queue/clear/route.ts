import { clearQueue } from '#lib/api/operations/queue';
import { routes, serve } from '#lib/api/serve';
import { recordCall } from '#lib/auth/audit';
import { discardFinishedJobs } from '#lib/pipelines/discard';

export const { GET, POST, PUT, PATCH, DELETE } = routes(
  serve(clearQueue, async (call) => {
    const { db, store, actor, now } = call;
    const deleted = await discardFinishedJobs(db, store, actor, now);
    await recordCall(call, { action: 'queue.cleared', details: { deleted } });
    return Response.json({ deleted });
  }),
);
