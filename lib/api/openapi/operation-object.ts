import { z } from 'zod';
import type { Answer, Body, Operation } from '../operation.ts';
import { problemSchema } from '../resources/problem.ts';
import type { Components, JsonSchema } from './components.ts';
import { problemsOf, toldProblem } from './problems.ts';

type Content = Record<string, { schema: JsonSchema }>;

interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required: boolean;
  description?: string;
  schema: JsonSchema;
}

interface Header {
  $ref?: string;
  description?: string;
  schema?: JsonSchema;
}

interface ResponseObject {
  description: string;
  headers?: Record<string, Header>;
  content?: Content;
}

/** An operation as OpenAPI 3.1 writes it. */
export interface OperationObject {
  operationId: string;
  tags: string[];
  summary: string;
  description?: string;
  parameters: Parameter[];
  requestBody?: { required: boolean; content: Content };
  responses: Record<string, ResponseObject>;
  security: Record<string, string[]>[];
  'x-scope'?: string;
}

/** Write an operation down; schemas that have a name go to the components. */
export function operationObject(operation: Operation, components: Components): OperationObject {
  const { id, chapter, summary, access, body } = operation;
  const isScope = access !== 'public' && access !== 'session';
  return {
    operationId: id,
    tags: [chapter],
    summary,
    description: descriptionOf(operation),
    parameters: parametersOf(operation, components),
    ...(body ? { requestBody: requestBody(body, components) } : {}),
    responses: responsesOf(operation, components),
    security: securityOf(operation),
    ...(isScope ? { 'x-scope': access } : {}),
  };
}

function descriptionOf({ description, access }: Operation): string {
  const who = {
    public: 'For anybody.',
    session: 'For who is signed in at the dashboard; not with an API key.',
  };
  const needs = access === 'public' || access === 'session' ? who[access] : `A key needs \`${access}\`.`;
  return description === undefined ? needs : `${description}\n\n${needs}`;
}

function securityOf({ access, signedLinks }: Operation): OperationObject['security'] {
  const session = { session: [] };
  if (access === 'public') return [];
  if (access === 'session') return [session];
  const link = signedLinks ? [{ signedLink: [] }] : [];
  return [{ apiKey: [access] }, { bearer: [access] }, session, ...link];
}

function parametersOf(operation: Operation, components: Components): Parameter[] {
  const { params, query, requestHeaders, idempotent } = operation;
  const headers = { ...requestHeaders, ...(idempotent ? { 'Idempotency-Key': IDEMPOTENCY_KEY } : {}) };
  return [
    ...fieldsOf(params, 'path', components),
    ...fieldsOf(query, 'query', components),
    ...Object.entries(headers).map(([name, description]) => ({
      name,
      in: 'header' as const,
      required: false,
      description,
      schema: { type: 'string' as const },
    })),
  ];
}

const IDEMPOTENCY_KEY =
  'A name for this request, such as a UUID. Sent again under it, the request is carried out once, and its first answer given again.';

function fieldsOf(schema: z.ZodObject, place: 'path' | 'query', components: Components): Parameter[] {
  const { properties = {}, required = [] } = components.write(schema, 'input');
  return Object.entries(properties as Record<string, JsonSchema>).map(([name, { description, ...rest }]) => ({
    name,
    in: place,
    required: required.includes(name),
    ...(description === undefined ? {} : { description }),
    schema: rest,
  }));
}

function requestBody(body: Body, components: Components): { required: boolean; content: Content } {
  if (body.kind === 'json') {
    const content = { 'application/json': { schema: components.write(body.schema, 'input') } };
    return { required: body.required ?? true, content };
  }
  const content: Content = { 'multipart/form-data': { schema: components.write(body.multipart(), 'input') } };
  if (body.fields) {
    const fields = { schema: components.write(body.fields(), 'input') };
    Object.assign(content, { 'application/json': fields, 'application/x-www-form-urlencoded': fields });
  }
  return { required: true, content };
}

function responsesOf(operation: Operation, components: Components): Record<string, ResponseObject> {
  const responses: Record<string, ResponseObject> = {};
  for (const [status, answer] of Object.entries(operation.answers)) {
    responses[status] = responseOf(answer, headersOf(operation, Number(status)), components);
  }
  for (const [status, codes] of problemsOf(operation)) {
    const { description, content } = responses[status] ?? {};
    responses[status] = {
      description: [...(description ? [description] : []), ...codes.map(toldProblem)].join('\n\n'),
      headers: { ...headersOf(operation, status), ...(MAY_COME_AGAIN.has(status) ? RETRY_AFTER : {}) },
      content: { ...content, ...problemContent(codes, components) },
    };
  }
  return responses;
}

const MAY_COME_AGAIN = new Set([429, 503]);
const RETRY_AFTER = { 'Retry-After': headerRef('Retry-After') };

function responseOf(
  { description, schema, contentTypes = ['application/json'], headers = {} }: Answer,
  usual: Record<string, Header>,
  components: Components,
): ResponseObject {
  const own = Object.entries(headers).map(([name, says]) => [
    name,
    { description: says, schema: { type: 'string' } },
  ]);
  const response = { description, headers: { ...(Object.fromEntries(own) as object), ...usual } };
  const content = contentOf(schema, contentTypes, components);
  return content ? { ...response, content } : response;
}

function contentOf(
  schema: z.ZodType | undefined,
  types: readonly string[],
  components: Components,
): Content | null {
  const isNamed = types.some((type) => type !== 'application/json');
  if (!schema && !isNamed) return null;
  const written = schema ? components.write(schema, 'output') : {};
  return Object.fromEntries(types.map((type) => [type, { schema: written }]));
}

function problemContent(codes: readonly string[], components: Components): Content {
  const problem = components.write(problemSchema, 'output');
  const schema = { allOf: [problem, { properties: { code: { enum: [...codes] } } }] };
  return { 'application/problem+json': { schema } };
}

/** What every answer of an operation says, and every one that is sent again. */
function headersOf({ budget, idempotent }: Operation, status: number): Record<string, Header> {
  const limited = budget === 'none' ? [] : ['RateLimit-Policy', 'RateLimit'];
  const replayed = idempotent && status < 300 ? ['Idempotency-Replayed'] : [];
  const names = ['X-Request-Id', ...limited, ...replayed];
  return Object.fromEntries(names.map((name) => [name, headerRef(name)]));
}

function headerRef(name: string): Header {
  return { $ref: `#/components/headers/${name}` };
}
