import { idParams, operation } from '../operation.ts';

export const getJobEvents = operation({
  id: 'getJobEvents',
  method: 'GET',
  path: '/api/v1/jobs/{id}/events',
  chapter: 'Jobs',
  summary: 'What becomes of a job, as it happens',
  description:
    'Server-sent events. `snapshot`, once at the start: the job. `status`: the job, whenever it is in another state. ' +
    '`progress`: its `progress`, `message` and `updated_at`. `preview`: the `preview_url` of a new preview. `output`: one ' +
    'of its outputs. The stream ends after the `status` that ends the job. Send the last `id` as `Last-Event-ID` to go on ' +
    'from there: nothing is told twice, and of what was missed the latest. A comment comes every 15 seconds.',
  access: 'jobs:read',
  params: idParams,
  thing: 'job',
  requestHeaders: { 'Last-Event-ID': 'The `id` of the last event that was heard' },
  answers: {
    200: { description: 'The events', contentTypes: ['text/event-stream'] },
    204: { description: 'The job has ended, and the client knows how' },
  },
  problems: ['too_many_streams'],
});
