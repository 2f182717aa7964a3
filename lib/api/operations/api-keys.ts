import { keyChangeSchema, newKeySchema } from '#lib/auth/api-key-input';
import { pageQuery } from '../list-query.ts';
import { idParams, operation } from '../operation.ts';
import { overlapBody } from '../overlap.ts';
import { apiKeyPageSchema, apiKeySchema, madeApiKeySchema } from '../resources/api-keys.ts';

const ofKeys = { chapter: 'API keys', access: 'admin' } as const;
const ofOne = { ...ofKeys, params: idParams, thing: 'API key' } as const;

export const listApiKeys = operation({
  ...ofKeys,
  id: 'listApiKeys',
  method: 'GET',
  path: '/api/v1/api-keys',
  summary: 'Your API keys, newest first',
  query: pageQuery,
  answers: { 200: { description: 'A page of keys, revoked ones included', schema: apiKeyPageSchema } },
});

export const createApiKey = operation({
  ...ofKeys,
  id: 'createApiKey',
  method: 'POST',
  path: '/api/v1/api-keys',
  summary: 'Make an API key',
  description:
    'The key itself is in this answer and in none after it. A key makes none that may do more than it.',
  body: { kind: 'json', schema: newKeySchema, required: true },
  idempotent: true,
  answers: { 201: { description: 'The key', schema: madeApiKeySchema } },
});

export const getApiKey = operation({
  ...ofOne,
  id: 'getApiKey',
  method: 'GET',
  path: '/api/v1/api-keys/{id}',
  summary: 'One API key',
  answers: { 200: { description: 'The key, without the key itself', schema: apiKeySchema } },
});

export const changeApiKey = operation({
  ...ofOne,
  id: 'changeApiKey',
  method: 'PATCH',
  path: '/api/v1/api-keys/{id}',
  summary: 'Change what an API key is called, what it may do and how often',
  body: { kind: 'json', schema: keyChangeSchema, required: true },
  answers: { 200: { description: 'The key as it is now', schema: apiKeySchema } },
  problems: ['conflict'],
});

export const revokeApiKey = operation({
  ...ofOne,
  id: 'revokeApiKey',
  method: 'DELETE',
  path: '/api/v1/api-keys/{id}',
  summary: 'End an API key for good',
  answers: { 204: { description: 'It is not taken any more' } },
});

export const rotateApiKey = operation({
  ...ofOne,
  id: 'rotateApiKey',
  method: 'POST',
  path: '/api/v1/api-keys/{id}/rotate',
  summary: 'Have a new key take the place of an old one',
  description:
    'The new key has the name, the scopes, the limits and the lifetime of the old one, which goes on until the overlap is over.',
  body: {
    kind: 'json',
    schema: overlapBody('How much longer the old key is taken'),
  },
  idempotent: true,
  answers: { 201: { description: 'The new key', schema: madeApiKeySchema } },
  problems: ['conflict'],
});
