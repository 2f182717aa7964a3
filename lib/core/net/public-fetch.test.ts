import type { ServerResponse } from 'node:http';
import type { LookupFunction } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { serve } from '#tests/local-server';
import { answering, serveSecurely, wayToServer } from '#tests/secure-server';
import { type PublicRequest, publicRequest, type PublicResponse } from './public-fetch.ts';

const LIMITS = { timeoutMs: 20_000, maxBytes: 1000 };

const ask = (url: string, more: Partial<PublicRequest> = {}): Promise<PublicResponse> =>
  publicRequest(url, { ...LIMITS, ...wayToServer(), ...more });

const readAll = async (answer: Promise<PublicResponse>): Promise<string> => text((await answer).body);

/** A server that counts who comes. */
async function counting(host = '127.0.0.1', port = 0) {
  const seen: (string | undefined)[] = [];
  const url = await serveSecurely(
    (request, response) => {
      seen.push(request.url);
      response.end('yes');
    },
    host,
    port,
  );
  return { url, seen };
}

/** A server that redirects, but for `/there`. */
function redirecting(to: (url: string) => string): Promise<string> {
  return serveSecurely((request, response) => {
    const here = `https://${request.headers.host}`;
    if (request.url === '/there') return void response.end('there');
    response.writeHead(302, { Location: to(here) }).end();
  });
}

/** An answer is refused, and its connection closed. */
async function expectRefused(handler: (response: ServerResponse) => void, code: string): Promise<void> {
  let closed: () => void;
  const whenClosed = new Promise<void>((resolve) => (closed = resolve));
  const url = await serveSecurely((_request, response) => {
    response.on('close', () => closed());
    handler(response);
  });
  await expect(readAll(ask(url))).rejects.toMatchObject({ code });
  await whenClosed;
}

const never: LookupFunction = () => expect.unreachable('nothing is looked up');
const nobody: LookupFunction = (_name, _options, done) =>
  done(Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' }), []);
const isOpen = ({ pathname }: URL) => pathname === '/open';
const isPicturesTest = ({ hostname }: URL) => hostname === 'pictures.test';

test('what a public address answers comes back, and what is sent is plain', async () => {
  let headers: object = {};
  const url = await serveSecurely((request, response) => {
    headers = request.headers;
    response.writeHead(207, { 'X-Told': 'so' }).end('hello');
  });
  const answer = await ask(`${url}/a%20b?c=d`);
  expect([answer.status, answer.headers['x-told'], await text(answer.body)]).toEqual([207, 'so', 'hello']);
  expect(headers).toEqual({
    host: new URL(url).host,
    connection: 'close',
    'user-agent': 'Multiplane',
    'accept-encoding': 'identity',
  });
});

test('something is posted with its headers', async () => {
  const url = await serveSecurely(async (request, response) =>
    response.end(`${request.method} ${request.headers['x-one']} ${await text(request)}`),
  );
  expect(await readAll(ask(url, { method: 'POST', headers: { 'x-one': '1' }, body: 'ü' }))).toBe('POST 1 ü');
});

describe('is refused before anything is connected to:', () => {
  test.each([
    ['no address', 'pictures'],
    ['an address without encryption', 'http://pictures.test/'],
    ['a file', 'file:///etc/passwd'],
    ['another protocol', 'gopher://pictures.test/'],
    ['a password', 'https://me:secret@pictures.test/'],
    ['a zone', 'https://[fe80::1%25eth0]/'],
    ['loopback', 'https://127.0.0.2/'],
    ['loopback of IPv6', 'https://[::1]/'],
    ['loopback in decimal', 'https://2130706434/'],
    ['loopback in octal', 'https://0177.0.0.02/'],
    ['loopback in hexadecimal', 'https://0x7f000002/'],
    ['loopback cut short', 'https://127.2/'],
    ['loopback with a dot behind', 'https://127.0.0.2./'],
    ['loopback in wide digits', 'https://１２７.0.0.2/'],
    ['loopback mapped', 'https://[::ffff:127.0.0.2]/'],
    ['a private network', 'https://192.168.0.1/'],
    ['link-local', 'https://[fe80::1]/'],
    ['the metadata service', 'https://169.254.169.254/latest/meta-data/'],
    ['the metadata service mapped', 'https://[::ffff:a9fe:a9fe]/'],
    ['the metadata service translated', 'https://[64:ff9b::a9fe:a9fe]/'],
  ])('%s', async (_name, address) => {
    await expect(ask(address, { lookup: never })).rejects.toMatchObject({ code: 'fetch_refused' });
  });

  test('a name that has a private address, if only among others', async () => {
    const { url, seen } = await counting();
    const lookup = answering('127.0.0.1', '10.0.0.1');
    await expect(ask(url, { lookup })).rejects.toMatchObject({
      code: 'fetch_refused',
      message: 'That address does not lead to a public one.',
    });
    expect(seen).toEqual([]);
  });

  test('localhost, by the resolver of the system', async () => {
    const { url, seen } = await counting();
    const address = url.replace('pictures.test', 'localhost');
    const asked = publicRequest(address, { ...LIMITS, tls: wayToServer().tls! });
    await expect(asked).rejects.toMatchObject({ code: 'fetch_refused' });
    expect(seen).toEqual([]);
  });

  test('what its caller does not accept', async () => {
    const { url, seen } = await counting();
    await expect(ask(`${url}/closed`, { accepts: isOpen })).rejects.toMatchObject({ code: 'fetch_refused' });
    expect(await readAll(ask(`${url}/open`, { accepts: isOpen }))).toBe('yes');
    expect(seen).toEqual(['/open']);
  });
});

test('a private address and one without encryption are asked where both are allowed', async () => {
  const url = await serve((_request, response) => response.end('inside'));
  expect(await readAll(publicRequest(url, { ...LIMITS, allowHttp: true, allowPrivate: true }))).toBe(
    'inside',
  );
  await expect(publicRequest(url, { ...LIMITS, allowPrivate: true })).rejects.toMatchObject({
    code: 'fetch_refused',
  });
});

test('a name that changes its answer is connected to where it was checked, and to nothing else', async () => {
  const open = await counting();
  const inside = await counting('127.0.0.2', Number(new URL(open.url).port));
  const answers = ['127.0.0.1', '127.0.0.2'];
  let lookups = 0;
  const rebinding: LookupFunction = (name, options, done) =>
    answering(answers[lookups++]!)(name, options, done);
  expect(await readAll(ask(open.url, { lookup: rebinding }))).toBe('yes');
  expect([open.seen.length, lookups]).toEqual([1, 1]);
  await expect(ask(open.url, { lookup: rebinding })).rejects.toMatchObject({ code: 'fetch_refused' });
  expect([inside.seen, lookups]).toEqual([[], 2]);
});

describe('a redirect', () => {
  test('is answered as it is unless it is to be followed', async () => {
    const url = await redirecting(() => '/there');
    expect((await ask(url)).status).toBe(302);
    expect(await readAll(ask(url, { maxRedirects: 1 }))).toBe('there');
  });

  test.each([
    ['to loopback', 'https://127.0.0.2/'],
    ['to the metadata service', 'https://169.254.169.254/'],
    ['to an address without encryption', 'http://pictures.test/'],
    ['to a file', 'file:///etc/passwd'],
    ['that is none', 'https://['],
  ])('%s is refused', async (_name, target) => {
    const url = await redirecting(() => target);
    await expect(ask(url, { maxRedirects: 3 })).rejects.toMatchObject({ code: 'fetch_refused' });
  });

  test('to a name that is private by now is refused', async () => {
    const inside = await counting('127.0.0.2');
    const url = await redirecting(() => inside.url);
    let lookups = 0;
    const lookup: LookupFunction = (name, options, done) =>
      answering(lookups++ === 0 ? '127.0.0.1' : '127.0.0.2')(name, options, done);
    await expect(ask(url, { lookup, maxRedirects: 3 })).rejects.toMatchObject({ code: 'fetch_refused' });
    expect(inside.seen).toEqual([]);
  });

  test('to another host is asked for again whether that is accepted', async () => {
    const url = await redirecting((here) => here.replace('pictures', 'other.pictures'));
    await expect(ask(url, { accepts: isPicturesTest, maxRedirects: 3 })).rejects.toMatchObject({
      code: 'fetch_refused',
    });
  });

  test('elsewhere takes no headers along', async () => {
    let sent: string | undefined = 'nothing came';
    const other = await serveSecurely((request, response) => {
      sent = request.headers.authorization;
      response.end();
    });
    const url = await redirecting(() => other);
    await readAll(ask(url, { maxRedirects: 1, headers: { authorization: 'Bearer secret' } }));
    expect(sent).toBeUndefined();
  });

  test('takes none along either where it leads back', async () => {
    const sent: (string | undefined)[] = [];
    let other = '';
    const url = await serveSecurely((request, response) => {
      sent.push(request.headers.authorization);
      if (request.url === '/there') return void response.end('there');
      response.writeHead(302, { Location: other }).end();
    });
    other = await redirecting(() => `${url}/there`);
    await readAll(ask(url, { maxRedirects: 3, headers: { authorization: 'Bearer secret' } }));
    expect(sent).toEqual(['Bearer secret', undefined]);
  });

  test('that has a body without end is left at once', async () => {
    const other = await counting();
    const url = await serveSecurely((_request, response) => {
      response.writeHead(302, { Location: other.url });
      response.on('drain', () => response.write(Buffer.alloc(100_000)));
      response.write(Buffer.alloc(1_000_000));
    });
    expect(await readAll(ask(url, { maxRedirects: 1 }))).toBe('yes');
  });

  test('behind another is followed as often as is allowed', async () => {
    let times = 0;
    const url = await redirecting(() => `/${(times += 1)}`);
    await expect(ask(url, { maxRedirects: 3 })).rejects.toMatchObject({ code: 'fetch_failed' });
    expect(times).toBe(4);
  });
});

describe('of an answer', () => {
  test('that announces too much nothing is read', () =>
    expectRefused((response) => {
      response.writeHead(200, { 'Content-Length': '1000000000' });
      response.write('x');
    }, 'payload_too_large'));

  test('that has no end as much is read as is allowed', () =>
    expectRefused((response) => {
      const more = () => {
        while (response.write(Buffer.alloc(300)));
      };
      response.on('drain', more);
      more();
    }, 'payload_too_large'));

  test('that is shorter than it says, the end is missed', () =>
    expectRefused((response) => {
      response.writeHead(200, { 'Content-Length': '100' });
      response.write('x', () => response.destroy());
    }, 'fetch_failed'));

  test('no more than 16 kB of headers is read', () =>
    expectRefused((response) => {
      response.writeHead(200, { 'X-Long': 'x'.repeat(20_000) });
      response.end();
    }, 'fetch_failed'));
});

describe('is given up:', () => {
  test('an answer that never begins', async () => {
    const url = await serveSecurely(() => {});
    await expect(ask(url, { idleMs: 50 })).rejects.toMatchObject({
      code: 'fetch_failed',
      message: 'That address did not answer in time.',
    });
  });

  test('one that stops in the middle', async () => {
    const url = await serveSecurely((_request, response) => void response.write('x'));
    await expect(readAll(ask(url, { idleMs: 50 }))).rejects.toMatchObject({ code: 'fetch_failed' });
  });

  test('one that comes drop by drop', async () => {
    const url = await serveSecurely((_request, response) => {
      const drops = setInterval(() => response.write('x'), 5);
      response.on('close', () => clearInterval(drops));
    });
    const slow = readAll(ask(url, { idleMs: 10_000, timeoutMs: 300, maxBytes: 1_000_000 }));
    await expect(slow).rejects.toMatchObject({ code: 'fetch_failed' });
  });

  test('one that its caller has no more use for', async () => {
    const caller = new AbortController();
    const url = await serveSecurely(() => caller.abort());
    await expect(ask(url, { signal: caller.signal })).rejects.toMatchObject({ name: 'AbortError' });
    await expect(ask(url, { signal: caller.signal })).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('says nothing of what is there:', () => {
  test('who does not prove to be the host', async () => {
    const { url, seen } = await counting();
    const stranger = url.replace('pictures.test', 'stranger.test');
    const unproven = { code: 'fetch_failed', message: 'That address cannot prove what it is (TLS).' };
    await expect(ask(stranger)).rejects.toMatchObject(unproven);
    const { lookup, isAllowed } = wayToServer();
    const untrusted = publicRequest(url, { ...LIMITS, lookup: lookup!, isAllowed: isAllowed! });
    await expect(untrusted).rejects.toMatchObject(unproven);
    expect(seen).toEqual([]);
  });

  test('who speaks no TLS', async () => {
    const plain = await serve((_request, response) => response.end());
    const address = plain.replace('http://127.0.0.1', 'https://pictures.test');
    await expect(ask(address)).rejects.toMatchObject({ code: 'fetch_failed' });
  });

  test('who speaks no HTTP', async () => {
    const address = await serveSecurely((_request, response) => response.socket!.end('220 mail\r\n'));
    await expect(ask(address)).rejects.toMatchObject({
      code: 'fetch_failed',
      message: 'That address could not be reached.',
    });
  });

  test('a port nobody listens at, and a name nobody has', async () => {
    const same = { code: 'fetch_failed', message: 'That address could not be reached.' };
    await expect(ask('https://pictures.test:1/')).rejects.toMatchObject(same);
    await expect(ask('https://nobody.test/', { lookup: nobody })).rejects.toMatchObject(same);
  });
});
