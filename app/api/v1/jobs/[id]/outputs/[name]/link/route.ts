import { linkJobOutput } from '#lib/api/operations/jobs';
import { routes, serve } from '#lib/api/serve';
import { expiryAfter, signedUrl } from '#lib/api/signed-link';
import { toIso } from '#lib/core/clock';
import { findOutput } from '#lib/jobs/queries';

export const { GET, POST, PUT, PATCH, DELETE } = routes(
  serve(linkJobOutput, async ({ params, body, db, actor, caller, now }) => {
    const { name } = await findOutput(db, actor, params.id, params.name);
    const expiresAt = expiryAfter(body.expires_in_seconds, now);
    const url = await signedUrl({ id: params.id, name }, caller, expiresAt);
    return Response.json({ url, expires_at: toIso(expiresAt * 1000) });
  }),
);
