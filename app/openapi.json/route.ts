import { etagOf, isUnchanged, REVALIDATE } from '#lib/api/conditional';
import { openApiDocument } from '#lib/api/openapi/document';
import { getOpenApi } from '#lib/api/operations/operation';
import { routes, serveAlone } from '#lib/api/serve';

let written: { text: string; etag: string } | undefined;

export const { GET, POST, PUT, PATCH, DELETE } = routes(
  serveAlone(getOpenApi, async (request) => {
    const { text, etag } = (written ??= writeDocument());
    const headers = { ETag: etag, 'Cache-Control': REVALIDATE, 'Content-Type': 'application/json' };
    if (isUnchanged(request, etag)) return new Response(null, { status: 304, headers });
    return new Response(text, { headers });
  }),
);

/** The same for as long as the process lives. */
function writeDocument(): { text: string; etag: string } {
  const document = openApiDocument();
  return { text: JSON.stringify(document), etag: etagOf(document) };
}
