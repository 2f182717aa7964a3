import type { Chapter, Operation } from '../operation.ts';
import { Components, type JsonSchema } from './components.ts';
import { type OperationObject, operationObject } from './operation-object.ts';
import { OPERATIONS } from './operations.ts';
import { type WebhookObject, webhookObjects } from './webhook-objects.ts';

/** As much of an OpenAPI 3.1 document as is written here. */
export interface OpenApiDocument {
  openapi: '3.1.1';
  info: {
    title: string;
    version: string;
    description: string;
    license: { name: string; identifier: string };
  };
  servers: { url: string; description: string }[];
  tags: { name: Chapter; description: string }[];
  paths: Record<string, Record<string, OperationObject>>;
  webhooks: Record<string, WebhookObject>;
  components: {
    securitySchemes: Record<string, object>;
    headers: Record<string, object>;
    schemas: Record<string, JsonSchema>;
  };
}

const DESCRIPTION = `What a program needs to drive this studio. Times are ISO 8601 in UTC, ids UUIDs, sizes bytes.

**Who asks** is told by an API key, sent as \`X-API-Key\` or as \`Authorization: Bearer\`, or by the dashboard's session. A key
has scopes, and each operation names the one it needs. What is somebody else's is answered as what is not there: 404.

**What goes wrong** is answered as \`application/problem+json\` (RFC 9457). Programs go by its \`code\`; \`errors\` lists all that
is wrong with the input, by field. A run that fails is no HTTP error: its job is \`failed\`, and its \`error\` says why.

**Limits** are told by \`RateLimit-Policy\` and \`RateLimit\` with every answer that is counted, and by \`Retry-After\` with 429. What
reads has a budget of its own, large enough to poll every second.`;

const CHAPTERS: Record<Chapter, string> = {
  Jobs: 'A job is a pipeline, a model, parameters and pictures; it waits in the queue, runs, and leaves files.',
  Uploads: 'Pictures that are sent once and used as often as one likes.',
  Queue: 'What waits and what runs.',
  Batches: 'Many pictures under one setting. One that cannot be taken never stops the rest.',
  Models: 'The networks behind the pipelines, what each can make, and its weights on this machine.',
  Prompts: 'Words for pictures and video.',
  'API keys': 'What programs identify themselves by.',
  Webhooks: 'Addresses that are told what becomes of jobs.',
  Usage: 'What was used, and what the limits are.',
  Operation: 'For who runs the studio.',
};

const SECURITY_SCHEMES = {
  apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key', description: 'An API key.' },
  bearer: { type: 'http', scheme: 'bearer', description: 'The same key, as a bearer token.' },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: 'authjs.session-token',
    description: 'The dashboard’s session; over HTTPS the cookie’s name begins with `__Secure-`.',
  },
  signedLink: {
    type: 'apiKey',
    in: 'query',
    name: 'signature',
    description:
      'A link that was signed for one file; it also has `expires` and, where it was asked for with a key, that key’s id as `key`.',
  },
};

const HEADERS = {
  'X-Request-Id': text('By which the operator finds the request in the log; your own, where you sent one.'),
  'RateLimit-Policy': text('The budgets that the request is counted against, and their windows.'),
  RateLimit: text('What is left of them, and for how long.'),
  'Retry-After': text('After how many seconds it can be tried again.'),
  'Idempotency-Replayed': text('`true` where the answer is the first one, given again.'),
};

function text(description: string) {
  return { description, schema: { type: 'string' } };
}

/** The API as one document, made from the declarations of its operations. */
export function openApiDocument(operations: readonly Operation[] = OPERATIONS): OpenApiDocument {
  const components = new Components();
  const paths: OpenApiDocument['paths'] = {};
  for (const operation of operations) {
    const path = (paths[operation.path] ??= {});
    path[operation.method.toLowerCase()] = operationObject(operation, components);
  }
  const webhooks = webhookObjects(components);
  const told = new Set(operations.map(({ chapter }) => chapter));
  const tags = Object.entries(CHAPTERS).map(([name, description]) => ({
    name: name as Chapter,
    description,
  }));
  return {
    openapi: '3.1.1',
    info: {
      title: 'Multiplane',
      version: '1',
      description: DESCRIPTION,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/', description: 'This studio' }],
    tags: tags.filter(({ name }) => told.has(name)),
    paths,
    webhooks,
    components: { securitySchemes: SECURITY_SCHEMES, headers: HEADERS, schemas: components.schemas },
  };
}
