import { type ActorCall, idFrom, routes } from '#lib/api/route';
import { notFound } from '#lib/core/errors';
import { findOutput, getJobResource } from '#lib/jobs/queries';
import { openImage } from '#lib/media/decode';
import { uploadKey } from '#lib/media/file-key';
import { getUpload } from '#lib/media/queries';

type Asked = Pick<ActorCall, 'db' | 'actor' | 'now'>;

const WIDTHS = [480, 1600];
const QUALITY = 84;
/** A picture of a job never changes once it is there. */
const CACHE = 'private, max-age=86400, immutable';

/**
 * A picture of a job as a page shows it: small enough for a phone, and in a format every browser has, whatever was sent.
 * `original` is the photo, anything else an output by its name.
 */
export const { GET, POST, PUT, PATCH, DELETE } = routes<{ id: string; name: string }>({
  GET: async ({ request, params, db, store, actor, now }) => {
    const asked = Number(new URL(request.url).searchParams.get('width'));
    const width = WIDTHS.find((known) => known === asked);
    if (!width) throw notFound('size');
    const key = await pictureKey({ db, actor, now }, idFrom(params.id, 'job'), params.name);
    const picture = await openImage(store.localPath(key));
    const small = picture.resize({ width, height: width, fit: 'inside', withoutEnlargement: true });
    const bytes = await small.webp({ quality: QUALITY, effort: 2 }).toBuffer();
    return new Response(new Uint8Array(bytes), {
      headers: { 'Content-Type': 'image/webp', 'Cache-Control': CACHE, 'X-Content-Type-Options': 'nosniff' },
    });
  },
});

async function pictureKey({ db, actor, now }: Asked, id: string, name: string): Promise<string> {
  if (name !== 'original') {
    const output = await findOutput(db, actor, id, name);
    if (!output.contentType.startsWith('image/png')) throw notFound('picture');
    return output.fileKey;
  }
  const { inputs } = await getJobResource(db, actor, id, now);
  const photo = inputs.find(({ role }) => role === 'image') ?? inputs[0];
  if (!photo) throw notFound('picture');
  return uploadKey((await getUpload(db, actor, photo.upload_id)).sha256);
}
