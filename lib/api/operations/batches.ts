import { dryRunQuery } from '../dry-run.ts';
import { pageQuery } from '../list-query.ts';
import { idParams, operation } from '../operation.ts';
import { batchPageSchema, batchSchema } from '../resources/batches.ts';
import { batchRehearsalSchema } from '../resources/dry-run.ts';
import { batchFields, batchForm } from '../submission-schema.ts';
import { QUOTAS } from '../submission-problems.ts';

export const createBatch = operation({
  id: 'createBatch',
  method: 'POST',
  path: '/api/v1/batches',
  chapter: 'Batches',
  summary: 'Make a job of each of many pictures',
  access: 'jobs:write',
  query: dryRunQuery,
  body: { kind: 'submission', multipart: batchForm, fields: batchFields },
  idempotent: true,
  problems: [...QUOTAS, 'conflict', 'not_found'],
  answers: {
    200: { description: 'What a dry run has found', schema: batchRehearsalSchema },
    202: {
      description: 'The batch',
      schema: batchSchema,
      headers: { Location: 'The batch’s address' },
    },
  },
});

export const listBatches = operation({
  id: 'listBatches',
  method: 'GET',
  path: '/api/v1/batches',
  chapter: 'Batches',
  summary: 'Your batches, newest first',
  access: 'jobs:read',
  query: pageQuery,
  answers: { 200: { description: 'A page of batches', schema: batchPageSchema } },
});

const ofOne = { chapter: 'Batches', params: idParams, thing: 'batch' } as const;

export const getBatch = operation({
  ...ofOne,
  id: 'getBatch',
  method: 'GET',
  path: '/api/v1/batches/{id}',
  summary: 'One batch with what became of each picture',
  access: 'jobs:read',
  answers: { 200: { description: 'The batch as it is now', schema: batchSchema } },
});

export const getBatchArchive = operation({
  ...ofOne,
  id: 'getBatchArchive',
  method: 'GET',
  path: '/api/v1/batches/{id}/archive',
  summary: 'What a batch has made so far, as one ZIP file with a manifest',
  access: 'jobs:read',
  answers: { 200: { description: 'The archive', contentTypes: ['application/zip'] } },
});

const changesOne = {
  ...ofOne,
  method: 'POST',
  access: 'jobs:write',
  answers: { 200: { description: 'The batch as it is now', schema: batchSchema } },
} as const;

export const cancelBatch = operation({
  ...changesOne,
  id: 'cancelBatch',
  path: '/api/v1/batches/{id}/cancel',
  summary: 'Cancel every job of a batch that has not ended',
});

export const pauseBatch = operation({
  ...changesOne,
  id: 'pauseBatch',
  path: '/api/v1/batches/{id}/pause',
  summary: 'Hold what waits of a batch; what runs goes back to the queue',
});

export const resumeBatch = operation({
  ...changesOne,
  id: 'resumeBatch',
  path: '/api/v1/batches/{id}/resume',
  summary: 'Let a batch that was paused go on',
});

export const retryFailedOfBatch = operation({
  ...changesOne,
  id: 'retryFailedOfBatch',
  path: '/api/v1/batches/{id}/retry-failed',
  summary: 'Try the failed jobs of a batch again',
});
