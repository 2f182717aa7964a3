import { stopQueue as operation } from '#lib/api/operations/queue';
import { isForEveryone } from '#lib/api/queue-scope';
import { routes, serve } from '#lib/api/serve';
import { recordCall } from '#lib/auth/audit';
import { queuePause, stopEveryQueue, stopQueue } from '#lib/jobs/queue-control';

export const { GET, POST, PUT, PATCH, DELETE } = routes(
  serve(operation, async (call) => {
    const { query, db, actor, caller, now } = call;
    if (isForEveryone(query, caller)) {
      await stopEveryQueue(db, now);
      await recordCall(call, { action: 'queue.stopped_for_everyone' });
    } else {
      await stopQueue(db, actor, now);
    }
    return Response.json({ paused: await queuePause(db, actor.userId) });
  }),
);
