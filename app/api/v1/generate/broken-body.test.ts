import { emptyStudio, kept, NOTHING } from '#tests/studio-folder';
import { afterEach, describe, expect, test } from 'vitest';
import { POST as generate } from './route.ts';
import { POST as postUpload } from '#app/api/v1/uploads/route';
import { settings } from '#lib/config/settings';
import { database } from '#lib/db/connection';
import { ApiClient } from '#tests/api-client';
import { drawPicture } from '#tests/images';

afterEach(emptyStudio);

const BOUNDARY = 'xyz';
const type = `multipart/form-data; boundary=${BOUNDARY}`;
const end = Buffer.from(`--${BOUNDARY}--\r\n`);

function part(headers: string, body: string | Buffer) {
  const head = Buffer.from(`--${BOUNDARY}\r\n${headers}\r\n\r\n`);
  return Buffer.concat([head, Buffer.from(body), Buffer.from('\r\n')]);
}

async function send(contentType: string, body: BodyInit, headers: Record<string, string> = {}) {
  const client = await ApiClient.create(await database());
  const init = {
    method: 'POST',
    body,
    headers: { ...headers, 'Content-Type': contentType },
    duplex: 'half',
  };
  const answer = await client.call(generate, init as RequestInit);
  return { status: answer.status, body: (await answer.json()) as { code: string } };
}

describe('a body that is broken keeps nothing and hangs nothing', () => {
  const image = async () =>
    part(
      'Content-Disposition: form-data; name="image"; filename="a.png"',
      await drawPicture(80, 80).png().toBuffer(),
    );
  const field = part('Content-Disposition: form-data; name="pipeline"', 'photo-realistic');

  test('a whole one of this making is taken, without a type for the file', async () => {
    const { status } = await send(type, Buffer.concat([await image(), field, end]));
    expect(status).toBe(202);
  });

  const broken: [string, () => Promise<[string, BodyInit]> | [string, BodyInit], string][] = [
    ['cut in the file', async () => [type, (await image()).subarray(0, 400)], 'bad_request'],
    ['cut before the end', async () => [type, Buffer.concat([await image(), field])], 'bad_request'],
    [
      'without a boundary',
      async () => ['multipart/form-data', Buffer.concat([await image(), field, end])],
      'bad_request',
    ],
    [
      'with another boundary',
      async () => [`${type}z`, Buffer.concat([await image(), field, end])],
      'bad_request',
    ],
    ['empty', () => [type, ''], 'bad_request'],
    ['ended twice, with nothing in it', () => [type, Buffer.concat([end, end])], 'validation_failed'],
    [
      'with nameless parts',
      async () => [
        type,
        Buffer.concat([await image(), part('Content-Disposition: form-data', 'x'), field, end]),
      ],
      'validation_failed',
    ],
    ['not JSON', () => ['application/json', '{"pipeline":'], 'bad_request'],
    ['JSON, but a list', () => ['application/json', '[]'], 'bad_request'],
    [
      'JSON, but nested',
      () => ['application/json', '{"pipeline":{"a":1},"num_layers":[4]}'],
      'validation_failed',
    ],
    ['of another type', () => ['text/plain', 'pipeline=x'], 'unsupported_media_type'],
    [
      'a megabyte of JSON',
      () => ['application/json', `{"a":"${'x'.repeat(1_000_000)}"}`],
      'payload_too_large',
    ],
  ];
  test.each(broken)('%s', async (_name, make, code) => {
    const [contentType, body] = await make();
    expect((await send(contentType, body)).body.code).toBe(code);
    expect(await kept()).toEqual(NOTHING);
  });

  test('announced too large', async () => {
    const sent = send(type, new ReadableStream({ pull: (c) => c.enqueue(Buffer.alloc(65_536)) }), {
      'Content-Length': '900000000',
    });
    expect((await sent).body.code).toBe('payload_too_large');
    expect(await kept()).toEqual(NOTHING);
  });

  test('without end', async () => {
    const head = Buffer.from(
      `--${BOUNDARY}\r\nContent-Disposition: form-data; name="image"; filename="a"\r\n\r\n`,
    );
    let [sent, cancelled] = [0, false];
    const endless = new ReadableStream({
      start: (controller) => controller.enqueue(head),
      pull: (controller) => {
        sent += 65_536;
        controller.enqueue(Buffer.alloc(65_536));
      },
      cancel: () => {
        cancelled = true;
      },
    });
    expect((await send(type, endless)).body.code).toBe('payload_too_large');
    expect(cancelled).toBe(true);
    expect(sent).toBeLessThan(3 * settings().maxUploadBytes);
    expect(await kept()).toEqual(NOTHING);
  });

  test('broken off by the sender', async () => {
    const whole = await image();
    const broken = new ReadableStream({
      start: (controller) => controller.enqueue(whole.subarray(0, 300)),
      pull: (controller) => controller.error(new Error('ECONNRESET')),
    });
    expect((await send(type, broken)).body.code).toBe('bad_request');
    expect(await kept()).toEqual(NOTHING);
  });
});

describe('a part that makes no sense is passed over, whatever its size and wherever it comes', () => {
  const heads = {
    'without a name': 'X-Nothing: here',
    'of another kind': 'Content-Disposition: attachment; name="image"; filename="a.jpg"',
    'with a line break in its name': `Content-Disposition: form-data; name="image"; filename*=UTF-8''a%0d%0ab.jpg`,
  };
  const sizes = [40_000, 70_000, 3_000_000];
  const cases = Object.entries(heads).flatMap(([kind, head]) =>
    sizes.flatMap((size) => [1000, 65_536, Infinity].map((chunk) => ({ kind, head, size, chunk }))),
  );

  test.each(cases)('$kind: $size bytes in chunks of $chunk', async ({ head, size, chunk }) => {
    const body = Buffer.concat([part(head, Buffer.alloc(size)), end]);
    const client = await ApiClient.create(await database());
    for (const handler of [generate, postUpload]) {
      const init = { method: 'POST', body: inChunks(body, chunk), headers: { 'Content-Type': type } };
      const answer = await client.call(handler, { ...init, duplex: 'half' } as RequestInit);
      expect([answer.status, await answer.json()]).toMatchObject([422, { code: 'validation_failed' }]);
    }
    expect(await kept()).toEqual(NOTHING);
  });
});

describe('a picture without a file name is said to be no file', () => {
  const bytes = Buffer.alloc(200_000, 'x');
  const nameless = part('Content-Disposition: form-data; name="image"\r\nContent-Type: image/jpeg', bytes);
  const pipeline = part('Content-Disposition: form-data; name="pipeline"', 'photo-realistic');

  test.each([
    ['as a job', generate, [nameless, pipeline, end]],
    ['as an upload', postUpload, [nameless, end]],
  ])('%s', async (_name, handler, parts) => {
    const client = await ApiClient.create(await database());
    const init = { method: 'POST', body: Buffer.concat(parts), headers: { 'Content-Type': type } };
    const answer = await client.call(handler, init);
    const errors = [{ pointer: '/image', code: 'not_a_file' }];
    expect([answer.status, await answer.json()]).toMatchObject([422, { errors }]);
    expect(await kept()).toEqual(NOTHING);
  });
});

test('a caller who goes in the middle of a body is not waited for', async () => {
  const head = 'Content-Disposition: form-data; name="image"; filename="a.png"';
  const caller = new AbortController();
  let cancelled = false;
  const body = new ReadableStream({
    start: (controller) => controller.enqueue(part(head, 'x')),
    pull: () => {
      caller.abort();
      return new Promise(() => {});
    },
    cancel: () => {
      cancelled = true;
    },
  });
  const client = await ApiClient.create(await database());
  const init = {
    method: 'POST',
    body,
    headers: { 'Content-Type': type },
    signal: caller.signal,
    duplex: 'half',
  };
  expect((await client.call(generate, init as RequestInit)).status).toBe(400);
  expect(cancelled).toBe(true);
  expect(await kept()).toEqual(NOTHING);
});

function inChunks(body: Buffer, size: number): ReadableStream {
  let at = 0;
  return new ReadableStream({
    pull: (controller) => {
      if (at >= body.length) return controller.close();
      controller.enqueue(body.subarray(at, at + size));
      at += size;
    },
  });
}
