import { etagOf, isUnchanged, REVALIDATE } from '#lib/api/conditional';
import { newsOf, queuePoll } from '#lib/api/queue-poll';
import { routes } from '#lib/api/route';

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  GET: async ({ request, db, actor, now }) => {
    const queue = await queuePoll(db, actor, now);
    const headers = { ETag: etagOf(newsOf(queue)), 'Cache-Control': REVALIDATE };
    if (isUnchanged(request, headers.ETag)) return new Response(null, { status: 304, headers });
    return Response.json(queue, { headers });
  },
});
