import '#tests/studio-folder';
import { readFileSync } from 'node:fs';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { expect, test } from 'vitest';
import { CLIENT_FILE, clientSource } from '../../../tools/client/client-source.ts';
import { openApiDocument } from './document.ts';
import { OPERATIONS } from './operations.ts';

const document = openApiDocument();

function operationNamed(id: string) {
  const all = Object.values(document.paths).flatMap((methods) => Object.values(methods));
  return all.find(({ operationId }) => operationId === id)!;
}

test('a public linter finds nothing wrong with it', async () => {
  const config = await createConfig({
    extends: ['recommended'],
    rules: {
      // Nobody can ask for `/health` and the like wrongly.
      'operation-4xx-response': 'off',
      // What is not made yet says so (501), and nothing else.
      'operation-2xx-response': 'off',
    },
  });
  const source = JSON.stringify(document);
  const found = await lintFromString({ source, absoluteRef: 'openapi.json', config });
  const told = found.map(({ ruleId, message, location }) => `${ruleId}: ${message} ${location[0]?.pointer}`);
  expect(told).toEqual([]);
});

test('every operation is in it, under a name of its own', () => {
  const told = Object.values(document.paths).flatMap((methods) =>
    Object.values(methods).map(({ operationId }) => operationId),
  );
  expect(told.toSorted()).toEqual(OPERATIONS.map(({ id }) => id).toSorted());
  expect(new Set(told).size).toBe(told.length);
});

test('an operation says who may ask, what can go wrong, and which headers it knows', () => {
  const generate = operationNamed('generate');
  expect(generate).toMatchObject({
    'x-scope': 'jobs:write',
    security: [{ apiKey: ['jobs:write'] }, { bearer: ['jobs:write'] }, { session: [] }],
  });
  expect(generate.parameters.map(({ name }) => name)).toContain('Idempotency-Key');
  expect(Object.keys(generate.responses['202']!.headers!)).toEqual(
    expect.arrayContaining(['Location', 'Idempotency-Replayed', 'RateLimit', 'X-Request-Id']),
  );
  expect(generate.responses['422']!.description).toMatch(/validation_failed.*idempotency_mismatch/s);
  expect(generate.responses['429']!.headers).toHaveProperty('Retry-After');
  expect(operationNamed('getHealth')).toMatchObject({ security: [] });
  expect(operationNamed('getJobOutput').responses).toHaveProperty('416');
});

test('a job can be asked for in three ways, by each pipeline’s own fields', () => {
  const { content } = operationNamed('generate').requestBody!;
  expect(Object.keys(content).toSorted()).toEqual([
    'application/json',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
  ]);
  const { PhotoRealisticJob: asJson, PhotoRealisticJobForm: asForm } = document.components.schemas;
  expect(asJson!.properties).toMatchObject({
    pipeline: { const: 'photo-realistic' },
    num_layers: { type: 'integer', minimum: 2, maximum: 8, default: 4 },
    image_upload_id: { format: 'uuid' },
  });
  expect(asJson!.properties).not.toHaveProperty('image');
  expect(asForm!.properties).toMatchObject({ image: { format: 'binary' } });
  expect(asJson!.required).toEqual(['pipeline']);
  expect(asJson!.additionalProperties).toBe(false);
});

test('the typed client is made of it as it is now; if not: npm run client', async () => {
  expect(await clientSource(document)).toBe(readFileSync(CLIENT_FILE, 'utf8'));
});
