import { z } from 'zod';
import { dryRunQuery } from '../dry-run.ts';
import { downloadQuery, FILE_ANSWERS, FILE_HEADERS } from '../file-operation.ts';
import { jobQuery } from '../list-query.ts';
import { idParams, idSchema, operation } from '../operation.ts';
import { jobRehearsalSchema } from '../resources/dry-run.ts';
import { jobPageSchema, jobSchema } from '../resources/jobs.ts';
import { linkRequestSchema, linkSchema, signedLinksField } from '../resources/links.ts';
import { generateFields, generateForm } from '../submission-schema.ts';
import { FETCHES, QUOTAS } from '../submission-problems.ts';

const PREFER_WAIT = {
  Prefer: '`wait=n`: answer when the job has ended, or after n seconds (at most 60), whichever comes first',
};
const PREFERENCE_APPLIED = { 'Preference-Applied': 'That it was waited, and for how long at most' };

export const generate = operation({
  id: 'generate',
  method: 'POST',
  path: '/api/v1/generate',
  chapter: 'Jobs',
  summary: 'Make a job',
  access: 'jobs:write',
  query: dryRunQuery,
  requestHeaders: PREFER_WAIT,
  body: { kind: 'submission', multipart: generateForm, fields: generateFields },
  idempotent: true,
  problems: [...QUOTAS, ...FETCHES, 'not_found'],
  answers: {
    200: {
      description: 'A dry run, or the job where it ended while it was waited for',
      schema: z.union([jobSchema, jobRehearsalSchema]),
    },
    202: {
      description: 'The job, which waits for its turn',
      schema: jobSchema,
      headers: { Location: 'The job’s address', ...PREFERENCE_APPLIED },
    },
  },
});

export const listJobs = operation({
  id: 'listJobs',
  method: 'GET',
  path: '/api/v1/jobs',
  chapter: 'Jobs',
  summary: 'Your jobs, newest first',
  access: 'jobs:read',
  query: jobQuery,
  answers: { 200: { description: 'A page of jobs', schema: jobPageSchema } },
});

export const getJob = operation({
  id: 'getJob',
  method: 'GET',
  path: '/api/v1/jobs/{id}',
  chapter: 'Jobs',
  summary: 'One job',
  access: 'jobs:read',
  params: idParams,
  thing: 'job',
  query: z.strictObject({ signed_links: signedLinksField }),
  requestHeaders: PREFER_WAIT,
  answers: {
    200: { description: 'The job as it is now', schema: jobSchema, headers: PREFERENCE_APPLIED },
  },
});

export const deleteJob = operation({
  id: 'deleteJob',
  method: 'DELETE',
  path: '/api/v1/jobs/{id}',
  chapter: 'Jobs',
  summary: 'Delete a finished job with its files',
  access: 'jobs:write',
  params: idParams,
  thing: 'job',
  answers: { 204: { description: 'It is gone' } },
  problems: ['conflict'],
});

export const cancelJob = operation({
  id: 'cancelJob',
  method: 'POST',
  path: '/api/v1/jobs/{id}/cancel',
  chapter: 'Jobs',
  summary: 'Cancel a job',
  access: 'jobs:write',
  params: idParams,
  thing: 'job',
  answers: { 200: { description: 'The job; where it runs, it is cancelled in a moment', schema: jobSchema } },
  problems: ['conflict'],
});

export const retryJob = operation({
  id: 'retryJob',
  method: 'POST',
  path: '/api/v1/jobs/{id}/retry',
  chapter: 'Jobs',
  summary: 'Try a failed or cancelled job again',
  access: 'jobs:write',
  params: idParams,
  thing: 'job',
  answers: {
    200: { description: 'The job, which waits for its turn; finished stages are kept', schema: jobSchema },
  },
  problems: ['conflict'],
});

const outputParams = z.object({
  id: idSchema,
  name: z.string().meta({ description: 'The output’s name' }),
});

export const getJobOutput = operation({
  id: 'getJobOutput',
  method: 'GET',
  path: '/api/v1/jobs/{id}/outputs/{name}',
  chapter: 'Jobs',
  summary: 'One file that a job made',
  access: 'jobs:read',
  params: outputParams,
  thing: 'file',
  signedLinks: true,
  query: downloadQuery.extend({
    expires: z.string().max(20).optional().meta({ description: 'Of a signed link' }),
    key: z
      .string()
      .max(100)
      .optional()
      .meta({ description: 'Of a signed link: the id of the key that made it' }),
    signature: z.string().max(100).optional().meta({ description: 'Of a signed link, in place of a key' }),
  }),
  requestHeaders: FILE_HEADERS,
  answers: FILE_ANSWERS,
  problems: ['link_expired'],
});

export const linkJobOutput = operation({
  id: 'linkJobOutput',
  method: 'POST',
  path: '/api/v1/jobs/{id}/outputs/{name}/link',
  chapter: 'Jobs',
  summary: 'A link to one file that works without a key, until it expires',
  description:
    'For handing a file on. A link holds until it expires; deleting the job ends it before, and so does revoking the key that it was asked for with.',
  access: 'jobs:read',
  params: outputParams,
  thing: 'file',
  body: { kind: 'json', required: false, schema: linkRequestSchema },
  answers: { 200: { description: 'The link', schema: linkSchema } },
});

export const getJobArchive = operation({
  id: 'getJobArchive',
  method: 'GET',
  path: '/api/v1/jobs/{id}/archive',
  chapter: 'Jobs',
  summary: 'All that a job made, as one ZIP file with a manifest',
  access: 'jobs:read',
  params: idParams,
  thing: 'job',
  answers: { 200: { description: 'The archive', contentTypes: ['application/zip'] } },
  problems: ['conflict'],
});

export const getJobPreview = operation({
  id: 'getJobPreview',
  method: 'GET',
  path: '/api/v1/jobs/{id}/preview',
  chapter: 'Jobs',
  summary: 'What the result of a running job looks like so far',
  access: 'jobs:read',
  params: idParams,
  thing: 'job',
  query: z.strictObject({
    v: z
      .string()
      .max(100)
      .optional()
      .meta({ description: 'Which one, so that each has an address of its own' }),
  }),
  answers: { 200: { description: 'The latest preview', contentTypes: ['image/webp'] } },
});
