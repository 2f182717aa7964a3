import { isUnchanged, REVALIDATE } from '#lib/api/conditional';
import { latestPoll } from '#lib/api/latest-poll';
import { pollQueue } from '#lib/api/operations/queue';
import { routes, serve } from '#lib/api/serve';

export const { GET, POST, PUT, PATCH, DELETE } = routes(
  serve(pollQueue, async ({ request, db, actor, now }) => {
    const { etag, body } = await latestPoll(db, actor, now);
    const headers = { ETag: etag, 'Cache-Control': REVALIDATE };
    if (isUnchanged(request, etag)) return new Response(null, { status: 304, headers });
    return new Response(body, { headers: { ...headers, 'Content-Type': 'application/json' } });
  }),
);
