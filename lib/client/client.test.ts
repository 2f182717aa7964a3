import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { serve } from '#tests/local-server';
import { createClient, ProblemError } from './client.ts';

const ID = '019a9f00-0000-7000-8000-000000000000';

interface Seen {
  method?: string | undefined;
  url?: string | undefined;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** A studio that answers all the same, and what it was asked last. */
async function studio(status: number, type: string, answer: string) {
  const seen: Seen[] = [];
  const baseUrl = await serve(async (request, response) => {
    const { method, url, headers } = request;
    seen.push({ method, url, headers, body: await text(request) });
    response.writeHead(status, { 'content-type': type }).end(answer);
  });
  return { client: createClient({ baseUrl: `${baseUrl}/`, apiKey: 'mp_key' }), seen };
}

const json = (body: object) => studio(200, 'application/json', JSON.stringify(body));

test('an operation is asked for at its address, with what it is given', async () => {
  const { client, seen } = await json({ items: [], next_cursor: null });
  const page = await client.call('listJobs', { query: { status: 'failed', limit: 5, text: 'a&b' } });
  expect(page.items).toEqual([]);
  expect(seen[0]).toMatchObject({
    method: 'GET',
    url: '/api/v1/jobs?status=failed&limit=5&text=a%26b',
    headers: { 'x-api-key': 'mp_key' },
  });
  await client.call('getQueue');
  expect(seen[1]!.url).toBe('/api/v1/queue');
});

test('a part of an address is one part, whatever is in it', async () => {
  const { client, seen } = await studio(200, 'application/json', '{"a":1}');
  const answer = await client.call('getJobOutput', { params: { id: ID, name: 'a/../b?.json' } });
  expect(seen[0]!.url).toBe(`/api/v1/jobs/${ID}/outputs/a%2F..%2Fb%3F.json`);
  // A file is a file, JSON or not.
  expect(await answer.text()).toBe('{"a":1}');
});

test('a body goes as JSON, and with a file as a form', async () => {
  const { client, seen } = await json({});
  const setting = { pipeline: 'photo-realistic', num_layers: 3 } as const;
  const headers = { 'Idempotency-Key': 'once' };
  await client.call('generate', { body: { ...setting, image_upload_id: ID }, headers });
  expect(seen[0]!.headers).toMatchObject({ 'content-type': 'application/json', 'idempotency-key': 'once' });
  expect(JSON.parse(seen[0]!.body)).toEqual({ ...setting, image_upload_id: ID });

  const photos = ['a', 'b'].map(
    (name) => new File([`bytes of ${name}`], `${name}.png`, { type: 'image/png' }),
  );
  await client.call('createBatch', { body: { ...setting, images: photos } });
  expect(seen[1]!.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
  const sent = await new Response(seen[1]!.body, {
    headers: { 'content-type': String(seen[1]!.headers['content-type']) },
  }).formData();
  expect([sent.get('pipeline'), sent.get('num_layers')]).toEqual(['photo-realistic', '3']);
  expect(sent.getAll('images').map((file) => (file as File).name)).toEqual(['a.png', 'b.png']);
});

test('nothing comes of what answers with nothing', async () => {
  const { client } = await studio(204, 'text/plain', '');
  expect(await client.call('deleteJob', { params: { id: ID } })).toBeUndefined();
});

test('a problem is thrown, and an answer that is no studio’s is told apart from it', async () => {
  const problem = { code: 'not_found', status: 404, detail: 'There is no such job.' };
  const { client } = await studio(404, 'application/problem+json', JSON.stringify(problem));
  const refused = client.call('getJob', { params: { id: ID } });
  await expect(refused).rejects.toThrow(ProblemError);
  await expect(refused).rejects.toMatchObject({ message: 'There is no such job.', problem });

  const { client: behindProxy } = await studio(502, 'text/html', '<h1>Bad gateway</h1>');
  const error = await behindProxy.call('getQueue').catch((thrown: unknown) => thrown);
  expect(error).not.toBeInstanceOf(ProblemError);
  expect(error).toMatchObject({ message: 'The studio answered 502.' });
});
