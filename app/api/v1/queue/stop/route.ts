import { queueScope } from '#lib/api/queue-scope';
import { routes } from '#lib/api/route';
import { queuePause, stopEveryQueue, stopQueue } from '#lib/jobs/queue-control';

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  POST: async ({ request, db, actor, now }) => {
    if (queueScope(request, actor) === 'everyone') await stopEveryQueue(db, now);
    else await stopQueue(db, actor, now);
    return Response.json({ paused: await queuePause(db, actor.userId) });
  },
});
