import { startQueue as operation } from '#lib/api/operations/queue';
import { isForEveryone } from '#lib/api/queue-scope';
import { routes, serve } from '#lib/api/serve';
import { recordCall } from '#lib/auth/audit';
import { queuePause, startEveryQueue, startQueue } from '#lib/jobs/queue-control';

export const { GET, POST, PUT, PATCH, DELETE } = routes(
  serve(operation, async (call) => {
    const { query, db, actor, caller } = call;
    if (isForEveryone(query, caller)) {
      await startEveryQueue(db);
      await recordCall(call, { action: 'queue.started_for_everyone' });
    } else {
      await startQueue(db, actor);
    }
    return Response.json({ paused: await queuePause(db, actor.userId) });
  }),
);
