import { queueScope } from '#lib/api/queue-scope';
import { routes } from '#lib/api/route';
import { queuePause, startEveryQueue, startQueue } from '#lib/jobs/queue-control';

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  POST: async ({ request, db, actor }) => {
    if (queueScope(request, actor) === 'everyone') await startEveryQueue(db);
    else await startQueue(db, actor);
    return Response.json({ paused: await queuePause(db, actor.userId) });
  },
});
