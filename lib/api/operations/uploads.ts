import { downloadQuery, FILE_ANSWERS, FILE_HEADERS } from '../file-operation.ts';
import { idParams, operation } from '../operation.ts';
import { uploadSchema } from '../resources/uploads.ts';
import { uploadForm } from '../submission-schema.ts';
import { STORAGE } from '../submission-problems.ts';

export const createUpload = operation({
  id: 'createUpload',
  method: 'POST',
  path: '/api/v1/uploads',
  chapter: 'Uploads',
  summary: 'Send a picture, to be used by jobs and batches',
  access: 'jobs:write',
  body: { kind: 'submission', multipart: uploadForm },
  idempotent: true,
  problems: [...STORAGE, 'not_found'],
  answers: {
    201: {
      description: 'The upload',
      schema: uploadSchema,
      headers: { Location: 'The upload’s address' },
    },
  },
});

export const getUpload = operation({
  id: 'getUpload',
  method: 'GET',
  path: '/api/v1/uploads/{id}',
  chapter: 'Uploads',
  summary: 'What is known of an upload',
  access: 'jobs:read',
  params: idParams,
  thing: 'upload',
  answers: { 200: { description: 'The upload', schema: uploadSchema } },
});

export const getUploadContent = operation({
  id: 'getUploadContent',
  method: 'GET',
  path: '/api/v1/uploads/{id}/content',
  chapter: 'Uploads',
  summary: 'The picture itself, as it was sent',
  access: 'jobs:read',
  params: idParams,
  thing: 'upload',
  query: downloadQuery,
  requestHeaders: FILE_HEADERS,
  answers: FILE_ANSWERS,
});
