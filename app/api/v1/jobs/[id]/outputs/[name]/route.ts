import { fileResponse } from '#lib/api/file-response';
import { idFrom, routes } from '#lib/api/route';
import { findOutput } from '#lib/jobs/queries';

export const { GET, POST, PUT, PATCH, DELETE } = routes<{ id: string; name: string }>({
  GET: async ({ request, params, db, store, actor }) => {
    const output = await findOutput(db, actor, idFrom(params.id, 'job'), params.name);
    return fileResponse(store, request, { ...output, key: output.fileKey, filename: output.name });
  },
});
