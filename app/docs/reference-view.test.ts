import { describe, expect, test } from 'vitest';
import type { SchemaView } from '#components/reference/reference-view.ts';
import { RECEIVING, WALK_THROUGH } from '#lib/api/examples/guide';
import { readExamples } from '#lib/api/examples/read-examples';
import { OPERATIONS } from '#lib/api/openapi/operations';
import { exampleOf, readReference } from './reference-view.ts';
import { toSchemaView } from './schema-view.ts';

const { chapters, objects, messages } = readReference();
const operations = chapters.flatMap((chapter) => chapter.operations);

test('every operation is in a chapter, with an example for a shell and one in TypeScript', () => {
  expect(operations.map(({ id }) => id).toSorted()).toEqual(OPERATIONS.map(({ id }) => id).toSorted());
  const without = operations.filter(({ examples }) => examples.length < 2).map(({ id }) => id);
  expect(without).toEqual([]);
});

test('every example is shown, and every one that the guide names is there', () => {
  const named = [...WALK_THROUGH, ...RECEIVING].map(({ example }) => example);
  expect(named.filter((name) => exampleOf(name).length === 0)).toEqual([]);
  const shown = new Set([...OPERATIONS.map(({ id }) => id), ...named]);
  expect([...readExamples().keys()].filter((name) => !shown.has(name))).toEqual([]);
});

test('every object that is named is told of', () => {
  const schemas = [
    ...[...objects, ...messages].map(({ schema }) => schema),
    ...operations.flatMap(({ answers, bodies, parameters }) =>
      [...answers, ...bodies, ...parameters].flatMap(({ schema }) => schema ?? []),
    ),
  ];
  const told = objects.map(({ name }) => name);
  expect(told).toEqual(expect.arrayContaining(['Job', 'Model', 'Batch']));
  expect(namesIn(schemas).filter((name) => !told.includes(name))).toEqual([]);
});

test('a submission is told of pipeline by pipeline', () => {
  const { bodies } = operations.find(({ id }) => id === 'generate')!;
  const [form, fields] = bodies;
  expect(form!.contentType).toBe('multipart/form-data');
  expect(fields!.contentType).toBe('application/json, application/x-www-form-urlencoded');
  expect(form!.schema.variants.map(({ title }) => title)).toEqual(
    expect.arrayContaining(['photo-realistic', 'painterly', 't2v', 'i2v', 'ti2v', 'cutout', 'upscale']),
  );
});

function namesIn(schemas: readonly SchemaView[]): string[] {
  return schemas.flatMap(({ object, properties, variants }) => [
    ...(object ? [object] : []),
    ...namesIn([...properties, ...variants].map(({ schema }) => schema)),
  ]);
}

describe('a schema in words', () => {
  test.each([
    [{ type: 'string', format: 'uuid' }, 'string (uuid)', []],
    [
      { type: 'integer', minimum: 2, maximum: 8, default: 4 },
      'integer',
      ['2 to 8', '4 where it is left out'],
    ],
    [{ type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER }, 'integer', ['0 or more']],
    [{ type: 'string', minLength: 3, maxLength: 1000 }, 'string', ['3 to 1000 characters']],
    [{ anyOf: [{ type: 'integer', minimum: 1 }, { type: 'null' }] }, 'integer or null', ['1 or more']],
    [{ type: 'array', items: { $ref: '#/components/schemas/Job' } }, 'list of Job', []],
    [{ type: 'object', additionalProperties: { type: 'number' } }, 'number by name', []],
    [{ type: 'string', format: 'binary' }, 'file', []],
    [{}, 'anything', []],
  ])('%j', (schema, type, rules) => {
    expect(toSchemaView(schema)).toMatchObject({ type, rules });
  });
});
