import { buffer } from 'node:stream/consumers';
import { idFrom, routes } from '#lib/api/route';
import { findPreviewKey } from '#lib/jobs/queries';

export const { GET, POST, PUT, PATCH, DELETE } = routes<{ id: string }>({
  // Read whole before anything is answered: the next one may take its place at any moment.
  GET: async ({ params, db, store, actor }) => {
    const key = await findPreviewKey(db, actor, idFrom(params.id, 'job'));
    const webp = await buffer(await store.read(key));
    return new Response(webp, { headers: { 'Content-Type': 'image/webp' } });
  },
});
