import { generateKeyPairSync } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { jwtVerify } from 'jose';
import { beforeEach, describe, expect, test } from 'vitest';
import { lookAt, type SentFile } from '#lib/media/intake';
import { testDatabase } from '#tests/database';
import { makeUser, NOW } from '#tests/factories';
import { drawPicture } from '#tests/images';
import { serveSecurely, wayToServer } from '#tests/secure-server';
import { temporaryFolder } from '#tests/temporary-folder';
import { DiskStore } from '../store/disk-store.ts';
import { type Fetching, fetchPicture } from './fetch-picture.ts';
import { parsePictureAddress } from './picture-address.ts';

const MAX_BYTES = 100_000;

let folder: string;
let store: DiskStore;

beforeEach(() => {
  folder = temporaryFolder();
  store = new DiskStore(folder);
});

/** Whatever lies in the store, unfinished files included. */
function files(): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}

/** Fetch what a server answers for a path. */
async function fetched(
  handler: (request: IncomingMessage, response: ServerResponse) => void,
  fetching: Fetching = {},
): Promise<SentFile> {
  const url = await serveSecurely(handler);
  return fetchFrom(`${url}/some/a%20picture.png`, { hosts: [new URL(url).host], ...fetching });
}

function fetchFrom(address: string, fetching: Fetching): Promise<SentFile> {
  const { hosts = [] } = fetching;
  return fetchPicture(store, 'image_url', parsePictureAddress(address, hosts), {
    ...wayToServer(),
    maxBytes: MAX_BYTES,
    credentials: null,
    ...fetching,
  });
}

const said = (code: string) => ({ code, fields: [{ pointer: '/image_url', code }] });
const png = () => drawPicture(90, 80).png().toBuffer();

test('a picture comes as if it had been sent, and is what its bytes are', async () => {
  const bytes = await png();
  const sent = await fetched((_request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html' }).end(bytes);
  });
  expect(sent).toMatchObject({ field: 'image_url', filename: '/some/a picture.png', claim: null });
  const actor = await makeUser(await testDatabase());
  expect(await lookAt(actor, sent, NOW)).toMatchObject({
    format: 'png',
    width: 90,
    filename: 'a picture.png',
  });
  await sent.file.discard();
  expect(files()).toEqual([]);
});

test('what says it is a picture and is none is found out', async () => {
  const sent = await fetched((_request, response) => {
    response.writeHead(200, { 'Content-Type': 'image/png' }).end('<html></html>');
  });
  const actor = await makeUser(await testDatabase());
  await expect(lookAt(actor, sent, NOW)).rejects.toMatchObject(said('unsupported_media_type'));
});

describe('nothing is kept of', () => {
  const cases: [string, Parameters<typeof serveSecurely>[0], string, Fetching?][] = [
    ['a picture that is not there', (_, response) => response.writeHead(404).end('no'), 'fetch_failed'],
    ['one that may not be seen', (_, response) => response.writeHead(403).end(), 'fetch_failed'],
    ['an answer without one', (_, response) => response.writeHead(204).end(), 'fetch_failed'],
    [
      'a part of one',
      (_, response) => response.writeHead(206, { 'Content-Range': 'bytes 0-1/9' }).end('ab'),
      'fetch_failed',
    ],
    [
      'one that says it is large',
      (_, response) => response.writeHead(200, { 'Content-Length': 1e9 }).write('x'),
      'payload_too_large',
    ],
    [
      'one without end',
      (_, response) => {
        const more = () => void (response.write(Buffer.alloc(60_000)) && setImmediate(more));
        response.on('drain', more);
        more();
      },
      'payload_too_large',
    ],
    [
      'one that is cut off',
      (_, response) => {
        response.writeHead(200, { 'Content-Length': 1000 });
        response.write('x', () => response.destroy());
      },
      'fetch_failed',
    ],
    [
      'one that comes drop by drop',
      (_, response) => {
        const drops = setInterval(() => response.write('x'), 5);
        response.on('close', () => clearInterval(drops));
      },
      'fetch_failed',
      { timeoutMs: 200 },
    ],
    [
      'one behind a redirect to the metadata service',
      (_, response) => response.writeHead(302, { Location: 'https://169.254.169.254/' }).end(),
      'fetch_refused',
      { hosts: ['169.254.169.254'] },
    ],
    [
      'one behind a redirect to a host that is not listed',
      (_, response) => response.writeHead(302, { Location: 'https://other.test/' }).end(),
      'fetch_refused',
    ],
  ];
  test.each(cases)('%s', async (_name, handler, code, fetching) => {
    const url = await serveSecurely(handler);
    const hosts = [new URL(url).host, ...(fetching?.hosts ?? [])];
    await expect(fetchFrom(`${url}/a.png`, { ...fetching, hosts })).rejects.toMatchObject(said(code));
    expect(files()).toEqual([]);
  });
});

test('a redirect to a listed host is followed', async () => {
  const bytes = await png();
  const other = await serveSecurely((_request, response) => response.end(bytes));
  const url = await serveSecurely((_request, response) =>
    response.writeHead(307, { Location: `${other}/b.png` }).end(),
  );
  const hosts = [new URL(url).host, new URL(other).host];
  expect(await fetchFrom(`${url}/a.png`, { hosts })).toMatchObject({ file: { sizeBytes: bytes.length } });
});

describe('a private bucket', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const EMAIL = 'studio@project.iam.gserviceaccount.test';

  /** Google's token service and buckets, and the key file of an account there. */
  async function google(lastsS = 3600) {
    const asked: { tokens: string[]; objects: (string | undefined)[] } = { tokens: [], objects: [] };
    const bytes = await png();
    const bucketsOrigin = await serveSecurely(async (request, response) => {
      if (request.url === '/token') {
        asked.tokens.push(new URLSearchParams(await text(request)).get('assertion')!);
        const token = { access_token: `token-${asked.tokens.length}`, expires_in: lastsS };
        return void response.end(JSON.stringify(token));
      }
      asked.objects.push(request.headers.authorization);
      response.writeHead(request.headers.authorization ? 200 : 401).end(bytes);
    });
    const credentials = join(temporaryFolder(), 'account.json');
    const account = {
      client_email: EMAIL,
      private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
      private_key_id: 'key-1',
      token_uri: `${bucketsOrigin}/token`,
    };
    await writeFile(credentials, JSON.stringify(account));
    return { asked, bucketsOrigin, credentials, account };
  }

  test('is read in the name of the service account, which signs in once', async () => {
    const { asked, account, ...fetching } = await google();
    const both = [1, 2].map(() => fetchFrom('gs://private/2026/a b.png', fetching));
    expect((await Promise.all(both)).map(({ filename }) => filename)).toEqual([
      '2026/a b.png',
      '2026/a b.png',
    ]);
    await fetchFrom('https://storage.googleapis.com/private/a.png', fetching);
    expect(asked.objects).toEqual(Array(3).fill('Bearer token-1'));
    expect(asked.tokens).toHaveLength(1);
    const { payload, protectedHeader } = await jwtVerify(asked.tokens[0]!, publicKey, {
      audience: account.token_uri,
      issuer: EMAIL,
    });
    expect(protectedHeader).toEqual({ alg: 'RS256', typ: 'JWT', kid: 'key-1' });
    expect(payload).toMatchObject({ scope: 'https://www.googleapis.com/auth/devstorage.read_only' });
    expect(payload.exp! - payload.iat!).toBe(3600);
  });

  test('is signed in to anew a minute before a token ends', async () => {
    const { asked, account: _account, ...fetching } = await google(60);
    await fetchFrom('gs://private/a.png', fetching);
    await fetchFrom('gs://private/a.png', fetching);
    expect(asked.objects).toEqual(['Bearer token-1', 'Bearer token-2']);
  });

  test('is told to be closed without an account', async () => {
    const { asked, bucketsOrigin } = await google();
    await expect(fetchFrom('gs://private/a.png', { bucketsOrigin })).rejects.toMatchObject({
      ...said('fetch_failed'),
      message: 'That address answered 401, and not with a picture.',
    });
    expect(asked.objects).toEqual([undefined]);
  });

  test('keeps its token from signed addresses, listed hosts and wherever it redirects', async () => {
    const { credentials } = await google();
    const seen: (string | undefined)[] = [];
    const bytes = await png();
    const other = await serveSecurely((request, response) => {
      seen.push(request.headers.authorization);
      response.end(bytes);
    });
    const bucketsOrigin = await serveSecurely((_request, response) =>
      response.writeHead(302, { Location: `${other}/b.png` }).end(),
    );
    const fetching = { credentials, bucketsOrigin, hosts: [new URL(other).host] };
    await fetchFrom('gs://private/a.png', fetching);
    await fetchFrom(`${other}/a.png?X-Goog-Signature=ab`, fetching);
    expect(seen).toEqual([undefined, undefined]);
  });

  test('cannot be read with an account that is none, which the operator hears of', async () => {
    const { bucketsOrigin, account } = await google();
    const accounts = temporaryFolder();
    const broken = {
      'none.json': null,
      'empty.json': '{}',
      'key.json': JSON.stringify({ ...account, private_key: 'x' }),
    };
    for (const [name, content] of Object.entries(broken)) {
      const credentials = join(accounts, name);
      if (content !== null) await writeFile(credentials, content);
      await expect(fetchFrom('gs://private/a.png', { bucketsOrigin, credentials })).rejects.toMatchObject({
        code: 'unavailable',
        message: 'This studio cannot sign in to its buckets at the moment.',
      });
    }
  });
});
