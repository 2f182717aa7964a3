import { z } from 'zod';
import { idSchema, operation } from '#lib/api/operation';
import { type ActorCall, routes, serve } from '#lib/api/serve';
import { notFound } from '#lib/core/errors';
import { getJobResource } from '#lib/jobs/job-resources';
import { findOutput } from '#lib/jobs/queries';
import { uploadKey } from '#lib/media/store/file-key';
import { PREVIEW_SIZES, PREVIEW_TYPE, previewOf } from '#lib/media/image/preview';
import { getUpload } from '#lib/media/queries';

type Asked = Pick<ActorCall, 'db' | 'actor' | 'now'>;

/** What of a job's outputs is a still picture. */
const SHOWN = /^image\/(png|jpeg)$/;

/** A picture of a job never changes once it is there. */
const CACHE = 'private, max-age=86400, immutable';

/** A picture of a job as a page shows it: `original` is the photo, anything else an output by its name. */
const showPicture = operation({
  id: 'showPicture',
  method: 'GET',
  path: '/jobs/{id}/preview/{name}',
  chapter: 'Jobs',
  summary: 'A picture of a job, no larger than a page shows it',
  access: 'jobs:read',
  params: z.object({ id: idSchema, name: z.string() }),
  thing: 'job',
  query: z.strictObject({ size: z.enum(PREVIEW_SIZES) }),
  answers: { 200: { description: 'The picture', contentTypes: [PREVIEW_TYPE] } },
});

export const { GET, POST, PUT, PATCH, DELETE } = routes(
  serve(showPicture, async ({ params, query, db, store, actor, now }) => {
    const key = await pictureKey({ db, actor, now }, params.id, params.name);
    const bytes = await previewOf(store, key, query.size);
    return new Response(new Uint8Array(bytes), {
      headers: {
        'Content-Type': PREVIEW_TYPE,
        'Cache-Control': CACHE,
        'X-Content-Type-Options': 'nosniff',
      },
    });
  }),
);

async function pictureKey({ db, actor, now }: Asked, id: string, name: string): Promise<string> {
  if (name !== 'original') {
    const output = await findOutput(db, actor, id, name);
    if (!SHOWN.test(output.contentType)) throw notFound('picture');
    return output.fileKey;
  }
  const { inputs } = await getJobResource(db, actor, id, now);
  const photo = inputs.find(({ role }) => role === 'image') ?? inputs[0];
  if (!photo) throw notFound('picture');
  return uploadKey((await getUpload(db, actor, photo.upload_id)).sha256);
}
