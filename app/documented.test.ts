import '#tests/studio-folder';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { GET as getOpenApi } from './openapi.json/route.ts';
import { METHODS, type Operation } from '#lib/api/operation';
import { OPERATIONS } from '#lib/api/openapi/operations';

/** Routes that are no part of the API, and why. */
const NOT_OF_THE_API: Record<string, string> = {
  '/api/auth/{...nextauth}': 'Auth.js’s own',
  '/api/v1/{...rest}': 'what no other route is for',
  '/jobs/{id}/preview/{name}': 'pictures of a page',
};

type Methods = Partial<Record<string, ((request: Request) => Promise<Response>) & { operation?: Operation }>>;

const folder = import.meta.dirname;
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('/route.ts'),
);

/** The address that Next gives a route file, as operations write theirs. */
function addressOf(file: string): string {
  const parts = file.split('/').slice(0, -1);
  const named = parts.filter((part) => !part.startsWith('('));
  return `/${named.map((part) => part.replace(/^\[+(.+?)\]+$/, '{$1}')).join('/')}`;
}

const apiFiles = files.filter((file) => !(addressOf(file) in NOT_OF_THE_API));

async function methodsOf(file: string): Promise<Methods> {
  return (await import(join(folder, file))) as Methods;
}

describe('every method of a route is a declared operation of its place, or is refused', () => {
  test.each(apiFiles)('%s', async (file) => {
    const methods = await methodsOf(file);
    const declared = METHODS.filter((method) => methods[method]?.operation);
    const others = METHODS.filter((method) => !methods[method]?.operation);
    const operations = declared.map((method) => methods[method]!.operation!);
    expect(operations.map(({ method, path }) => `${method} ${path}`)).toEqual(
      declared.map((method) => `${method} ${addressOf(file)}`),
    );
    expect(operations.filter((operation) => !OPERATIONS.includes(operation))).toEqual([]);
    const refusals = others.map(async (method) => {
      const answer = await methods[method]!(new Request('http://studio.test/', { method }));
      return answer.status;
    });
    expect(await Promise.all(refusals)).toEqual(others.map(() => 405));
  });
});

test('every operation that is told of is served', async () => {
  const modules = await Promise.all(apiFiles.map(methodsOf));
  const served = new Set(modules.flatMap((methods) => METHODS.map((method) => methods[method]?.operation)));
  expect(OPERATIONS.filter((operation) => !served.has(operation))).toEqual([]);
});

test('what is left out is there', () => {
  const addresses = new Set(files.map(addressOf));
  expect(Object.keys(NOT_OF_THE_API).filter((address) => !addresses.has(address))).toEqual([]);
});

function askForDocument(headers: Record<string, string> = {}): Promise<Response> {
  const request = new Request('http://studio.test/openapi.json', { headers });
  return getOpenApi(request, { params: Promise.resolve({}) });
}

test('the document is sent to anybody, and not again to who has it', async () => {
  const first = await askForDocument();
  expect(await first.json()).toMatchObject({ openapi: expect.stringMatching(/^3\.1\./) });
  const again = await askForDocument({ 'If-None-Match': first.headers.get('etag')! });
  expect([again.status, await again.text()]).toEqual([304, '']);
});
