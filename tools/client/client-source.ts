import { compile, type JSONSchema, type Options } from 'json-schema-to-typescript';
import { format, resolveConfig } from 'prettier';
import type { OpenApiDocument } from '#lib/api/openapi/document';
import type { OperationObject } from '#lib/api/openapi/operation-object';

/** Where the client is written to. */
export const CLIENT_FILE = 'lib/client/operations.ts';

const HEAD = `/* Made of the OpenAPI document by \`npm run client\`. Not to be edited. */`;

const OPTIONS: Partial<Options> = {
  additionalProperties: false,
  bannerComment: '',
  format: false,
  ignoreMinAndMaxItems: true,
};

interface Told {
  method: string;
  path: string;
  operation: OperationObject;
}

/** What the typed client knows of the API, as TypeScript: its types, and where each operation is. */
export async function clientSource(document: OpenApiDocument): Promise<string> {
  const told = operationsOf(document);
  const types = await compile(typesSchema(told, document), 'Operations', OPTIONS);
  const problem = await compile(problemSchema(document), 'Problem', OPTIONS);
  const addresses = told.map(({ method, path, operation }) => {
    const [kind] = answerOf(operation);
    return `${operation.operationId}: { method: '${method.toUpperCase()}', path: '${path}', answer: '${kind}' },`;
  });
  const table = `/** Where each operation is, and what it answers with. */
    export const ADDRESSES = { ${addresses.join('\n')} } as const satisfies Record<keyof Operations, object>;`;
  const text = [HEAD, types, problem, table].join('\n\n');
  return format(text, { ...(await resolveConfig(CLIENT_FILE)), parser: 'typescript' });
}

function operationsOf({ paths }: OpenApiDocument): Told[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
  );
}

function typesSchema(told: readonly Told[], { components }: OpenApiDocument): JSONSchema {
  const properties = told.map(({ operation }) => [operation.operationId, typeOf(operation)]);
  const schema = {
    ...object(Object.fromEntries(properties) as Record<string, JSONSchema>),
    description: 'What each operation is given, and what it answers with.',
    definitions: components.schemas,
  };
  return asDefinitions(schema) as JSONSchema;
}

/** What goes wrong is no operation's own. */
function problemSchema({ components: { schemas } }: OpenApiDocument): JSONSchema {
  const definitions = { FieldError: schemas['FieldError'] };
  return asDefinitions({ ...schemas['Problem'], definitions }) as JSONSchema;
}

function typeOf(operation: OperationObject): JSONSchema {
  const { summary, requestBody } = operation;
  const content = requestBody?.content ?? {};
  const body = content['multipart/form-data'] ?? content['application/json'];
  const [, answer] = answerOf(operation);
  const given = {
    ...parameters(operation, 'path', 'params'),
    ...parameters(operation, 'query', 'query'),
    ...(body ? { body: body.schema as JSONSchema } : {}),
    answer,
  };
  const isNeeded = (name: string) => name !== 'query' && (name !== 'body' || requestBody!.required);
  return { ...object(given, Object.keys(given).filter(isNeeded)), description: summary };
}

function parameters(operation: OperationObject, place: string, name: string): Record<string, JSONSchema> {
  const own = operation.parameters.filter((parameter) => parameter.in === place);
  if (own.length === 0) return {};
  const properties = own.map(({ name, description, schema }) => [name, { description, ...schema }]);
  const required = own.filter((parameter) => parameter.required).map((parameter) => parameter.name);
  return { [name]: object(Object.fromEntries(properties) as Record<string, JSONSchema>, required) };
}

/** What a caller gets: parsed JSON, nothing, or the response itself, of which they read what they like. */
function answerOf({ responses }: OperationObject): ['json' | 'nothing' | 'response', JSONSchema] {
  const sound = Object.entries(responses).filter(([status]) => status.startsWith('2'));
  const contents = sound.flatMap(([, { content }]) => (content ? [content] : []));
  if (contents.length === 0) return ['nothing', { tsType: 'undefined' }];
  const json = contents.flatMap((content) => content['application/json'] ?? []);
  if (json.length === 0) return ['response', { tsType: 'Response' }];
  return ['json', { anyOf: json.map(({ schema }) => schema as JSONSchema) }];
}

function object(properties: Record<string, JSONSchema>, required = Object.keys(properties)): JSONSchema {
  return { type: 'object', properties, required, additionalProperties: false };
}

/** Titles are for forms, and would become names of types; a file is a Blob. */
function asDefinitions(schema: unknown): unknown {
  const text = JSON.stringify(schema, (_name, value: unknown) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    const { title, ...rest } = value as Record<string, unknown>;
    if (rest['format'] === 'binary') return { description: rest['description'], tsType: 'Blob' };
    return typeof title === 'string' ? rest : value;
  });
  return JSON.parse(text.replaceAll('"#/components/schemas/', '"#/definitions/'));
}
