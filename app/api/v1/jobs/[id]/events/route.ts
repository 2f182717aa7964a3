import { answerEvents } from '#lib/api/events/answer-events';
import { getJobEvents } from '#lib/api/operations/events';
import { routes, serve } from '#lib/api/serve';

export const { GET, POST, PUT, PATCH, DELETE } = routes(
  serve(getJobEvents, (call) => answerEvents(call, call.params.id)),
);
