import { fileResponse } from '#lib/api/file-response';
import { getJobOutput } from '#lib/api/operations/jobs';
import { routes, serve } from '#lib/api/serve';
import { findOutput } from '#lib/jobs/queries';

export const { GET, POST, PUT, PATCH, DELETE } = routes(
  serve(getJobOutput, async ({ request, params, db, store, actor, caller }) => {
    const output = await findOutput(db, actor, params.id, params.name);
    const file = { ...output, key: output.fileKey, filename: output.name };
    const response = await fileResponse(store, request, file);
    // Whoever was handed a link may show the file in a page of their own.
    if (caller === null) response.headers.set('Cross-Origin-Resource-Policy', 'cross-origin');
    return response;
  }),
);
