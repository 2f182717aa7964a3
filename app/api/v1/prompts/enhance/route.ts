import { enhancePrompt as operation } from '#lib/api/operations/prompts';
import { noteForLog } from '#lib/api/request-log';
import { routes, serve } from '#lib/api/serve';
import { enhancePrompt } from '#lib/pipelines/prompt/enhance/enhance';

export const { GET, POST, PUT, PATCH, DELETE } = routes(
  serve(operation, async ({ request, body }) => {
    noteForLog(request, { prompt: body.prompt });
    return Response.json(await enhancePrompt(body));
  }),
);
