import type {
  AnswerView,
  BodyView,
  ChapterView,
  ExampleView,
  ObjectView,
  OperationView,
  ParameterView,
} from '#components/reference/reference-view.ts';
import { readExamples } from '#lib/api/examples/read-examples';
import { Components } from '#lib/api/openapi/components';
import { type OpenApiDocument, openApiDocument } from '#lib/api/openapi/document';
import type { OperationObject } from '#lib/api/openapi/operation-object';
import { OPERATIONS } from '#lib/api/openapi/operations';
import { problemsOf } from '#lib/api/openapi/problems';
import type { Operation } from '#lib/api/operation';
import { WEBHOOK_MESSAGES } from '#lib/api/resources/webhooks';
import { type Schema, toSchemaView } from './schema-view.ts';

/** All of the reference that is made from the declarations. */
export interface Reference {
  chapters: readonly ChapterView[];
  /** What answers are made of. */
  objects: readonly ObjectView[];
  /** What webhooks are sent, by its type. */
  messages: readonly ObjectView[];
}

let reference: Reference | undefined;

/** The reference; the declarations do not change while a process runs. */
export function readReference(): Reference {
  reference ??= toReference(openApiDocument(), OPERATIONS);
  return reference;
}

function toReference(document: OpenApiDocument, operations: readonly Operation[]): Reference {
  const chapters = document.tags.map(({ name, description }) => ({
    name,
    slug: name.toLowerCase().replaceAll(' ', '-'),
    intro: description,
    operations: operations.filter(({ chapter }) => chapter === name).map((one) => toOperation(one, document)),
  }));
  const { messages, schemas } = messagesSent();
  return { chapters, objects: objectsOf(document, schemas), messages };
}

/** What webhooks are sent, and the schemas that are named in it. */
function messagesSent(): { messages: ObjectView[]; schemas: Record<string, Schema> } {
  const components = new Components();
  const messages = Object.entries(WEBHOOK_MESSAGES).map(([name, schema]) => ({
    name,
    schema: toSchemaView(components.write(schema, 'output') as Schema),
  }));
  return { messages, schemas: components.schemas as Record<string, Schema> };
}

function toOperation(operation: Operation, { paths, components }: OpenApiDocument): OperationView {
  const { id, method, path, summary, description = null } = operation;
  const written = paths[path]![method.toLowerCase()]!;
  const schemas = components.schemas as Record<string, Schema>;
  return {
    id,
    method,
    path,
    summary,
    description,
    facts: factsOf(operation),
    parameters: written.parameters.map(toParameter),
    bodies: toBodies(written, (name) => schemas[name]),
    answers: Object.keys(operation.answers).map((status) => toAnswer(status, operation, written)),
    problems: [...problemsOf(operation)].map(([status, codes]) => ({ status: String(status), codes })),
    examples: exampleOf(id),
  };
}

const WHO: Readonly<Record<string, string>> = {
  public: 'For anybody',
  session: 'At the dashboard alone, not with a key',
};
const COUNTED: Record<Operation['budget'], string> = {
  none: 'Not counted',
  read: 'Counted as reading',
  write: 'Counted as a change',
  enhance: 'Counted by the minute',
};

function factsOf({ access, budget, idempotent }: Operation): string[] {
  const facts = [WHO[access] ?? `A key needs \`${access}\``, COUNTED[budget]];
  return idempotent ? [...facts, 'Takes an `Idempotency-Key`'] : facts;
}

function toParameter({
  name,
  in: place,
  required,
  ...rest
}: OperationObject['parameters'][number]): ParameterView {
  const { description, schema } = rest;
  return {
    name,
    place,
    required,
    schema: toSchemaView({ ...(schema as Schema), ...(description && { description }) }),
  };
}

/** Types of which the same is told are told of together. */
function toBodies({ requestBody }: OperationObject, open: (name: string) => Schema | undefined): BodyView[] {
  const types = new Map<string, string[]>();
  for (const [type, { schema }] of Object.entries(requestBody?.content ?? {})) {
    const key = JSON.stringify(schema);
    types.set(key, [...(types.get(key) ?? []), type]);
  }
  return [...types].map(([schema, contentTypes]) => ({
    contentType: contentTypes.join(', '),
    schema: toSchemaView(JSON.parse(schema) as Schema, open),
  }));
}

function toAnswer(status: string, { answers }: Operation, { responses }: OperationObject): AnswerView {
  const { description, headers = {} } = answers[Number(status)]!;
  const { 'application/problem+json': _, ...content } = responses[status]?.content ?? {};
  const [schema] = Object.values(content).map((one) => one.schema as Schema);
  return {
    status,
    description,
    contentTypes: Object.keys(content),
    schema: schema && Object.keys(schema).length > 0 ? toSchemaView(schema) : null,
    headers: Object.entries(headers).map(([name, says]) => ({ name, description: says })),
  };
}

/** The objects that answers and messages name, and those that these name. */
function objectsOf({ paths, components }: OpenApiDocument, inMessages: Record<string, Schema>): ObjectView[] {
  const schemas = { ...inMessages, ...(components.schemas as Record<string, Schema>) };
  const answers = Object.values(paths).flatMap((verbs) =>
    Object.values(verbs).map(({ responses }) => responses),
  );
  const found = new Set<string>();
  const queue = [...namesIn(answers), ...Object.keys(inMessages)];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    queue.push(...namesIn(schemas[name]));
  }
  return [...found].toSorted().map((name) => ({ name, schema: toSchemaView(schemas[name]!) }));
}

function namesIn(value: unknown): string[] {
  const matches = (JSON.stringify(value) ?? '').matchAll(/"#\/components\/schemas\/([^"]+)"/g);
  return Array.from(matches, ([, name]) => name!);
}

/** An example by its name, in each of the languages. */
export function exampleOf(name: string): ExampleView[] {
  const { shell, typescript } = readExamples().get(name) ?? {};
  const views = [
    { title: 'curl', code: shell },
    { title: 'TypeScript', code: typescript },
  ];
  return views.filter((view): view is ExampleView => view.code !== undefined);
}
