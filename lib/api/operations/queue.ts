import { jobQuery } from '../list-query.ts';
import { operation } from '../operation.ts';
import { scopeQuery } from '../queue-scope.ts';
import { clearedSchema, queuePauseSchema, queuePollSchema, queueSchema } from '../resources/queue.ts';

export const getQueue = operation({
  id: 'getQueue',
  method: 'GET',
  path: '/api/v1/queue',
  chapter: 'Queue',
  summary: 'How many of your jobs are in each state, and a page of them',
  access: 'jobs:read',
  query: jobQuery,
  answers: { 200: { description: 'Your queue', schema: queueSchema } },
});

export const pollQueue = operation({
  id: 'pollQueue',
  method: 'GET',
  path: '/api/v1/queue/poll',
  chapter: 'Queue',
  summary: 'Your active jobs, to be asked for as often as every second',
  access: 'jobs:read',
  requestHeaders: {
    'If-None-Match': 'The `ETag` of the answer before; where nothing is new, 304 comes instead',
  },
  answers: {
    200: {
      description: 'What waits and what runs',
      schema: queuePollSchema,
      headers: { ETag: 'Changes with all but the time' },
    },
    304: { description: 'Nothing is new' },
  },
});

export const startQueue = operation({
  id: 'startQueue',
  method: 'POST',
  path: '/api/v1/queue/start',
  chapter: 'Queue',
  summary: 'Let a queue that was stopped go on',
  access: 'jobs:write',
  query: scopeQuery,
  answers: { 200: { description: 'Whether your queue is held up', schema: queuePauseSchema } },
});

export const stopQueue = operation({
  id: 'stopQueue',
  method: 'POST',
  path: '/api/v1/queue/stop',
  chapter: 'Queue',
  summary: 'Pause a queue; what runs goes back to it with its finished stages kept',
  access: 'jobs:write',
  query: scopeQuery,
  answers: { 200: { description: 'Whether your queue is held up', schema: queuePauseSchema } },
});

export const clearQueue = operation({
  id: 'clearQueue',
  method: 'POST',
  path: '/api/v1/queue/clear',
  chapter: 'Queue',
  summary: 'Delete your finished jobs with their files',
  access: 'jobs:write',
  answers: { 200: { description: 'How many were deleted', schema: clearedSchema } },
});
