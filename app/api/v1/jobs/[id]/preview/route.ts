import { buffer } from 'node:stream/consumers';
import { getJobPreview } from '#lib/api/operations/jobs';
import { routes, serve } from '#lib/api/serve';
import { findPreviewKey } from '#lib/jobs/queries';

export const { GET, POST, PUT, PATCH, DELETE } = routes(
  // Read whole before anything is answered: the next one may take its place at any moment.
  serve(getJobPreview, async ({ params, db, store, actor }) => {
    const key = await findPreviewKey(db, actor, params.id);
    const webp = await buffer(await store.read(key));
    return new Response(webp, { headers: { 'Content-Type': 'image/webp' } });
  }),
);
