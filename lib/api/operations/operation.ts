import { z } from 'zod';
import { operation } from '../operation.ts';
import { healthSchema, readinessSchema } from '../resources/operation.ts';

const forAnybody = { method: 'GET', chapter: 'Operation', access: 'public', budget: 'none' } as const;

export const getHealth = operation({
  ...forAnybody,
  id: 'getHealth',
  path: '/health',
  summary: 'Whether the web process answers; nothing more is asked',
  answers: { 200: { description: 'It does', schema: healthSchema } },
});

export const getReadiness = operation({
  ...forAnybody,
  id: 'getReadiness',
  path: '/ready',
  summary: 'Whether jobs would be taken and done',
  answers: {
    200: { description: 'They would', schema: readinessSchema },
    503: { description: 'Something is amiss', schema: readinessSchema },
  },
  problems: ['validation_failed', 'unavailable'],
});

export const getOpenApi = operation({
  ...forAnybody,
  id: 'getOpenApi',
  path: '/openapi.json',
  summary: 'This API as an OpenAPI 3.1 document',
  requestHeaders: {
    'If-None-Match': 'The `ETag` of the answer before; where it still holds, 304 comes instead',
  },
  answers: {
    200: {
      description: 'The document',
      schema: z.record(z.string(), z.unknown()),
      headers: { ETag: 'Changes with the document' },
    },
    304: { description: 'It still holds' },
  },
});
