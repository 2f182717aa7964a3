import { lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import type { SecureContextOptions } from 'node:tls';
import { Client, type Dispatcher } from 'undici';
import { Deadline } from './deadline.ts';
import { fetchError, notPublic, refused, tooManyRedirects, tooMuch } from './fetch-errors.ts';
import { guardedLookup, isPublicAddress } from './public-address.ts';

/** What to ask of an address that somebody else gave, and how far to go for it. */
export interface PublicRequest {
  method?: 'GET' | 'POST';
  /** Sent to the first origin alone, never to where it redirects. */
  headers?: Readonly<Record<string, string>>;
  body?: string;
  /** Of the whole exchange, the body's end included. */
  timeoutMs: number;
  /** How long it may be silent. */
  idleMs?: number;
  /** Most bytes of the answer's body. */
  maxBytes: number;
  /** How many redirects of a GET are followed; 0, so that one is answered as it is. */
  maxRedirects?: number;
  /** Whether an address may be asked at all; also where a redirect leads. */
  accepts?: (url: URL) => boolean;
  allowHttp?: boolean;
  allowPrivate?: boolean;
  signal?: AbortSignal;
  /** Finds a name's addresses; the system's resolver. */
  lookup?: LookupFunction;
  /** Whether an address may be connected to; the public ones. */
  isAllowed?: (address: string) => boolean;
  /** Whom to trust in place of the system's authorities. */
  tls?: Pick<SecureContextOptions, 'ca'>;
}

export interface PublicResponse {
  status: number;
  /** By their lower-case names. */
  headers: Dispatcher.ResponseData['headers'];
  /** To be read once; the connection ends with it. */
  body: AsyncIterable<Uint8Array>;
  /** End the connection, for whoever leaves the body unread. */
  close(): Promise<void>;
}

const USER_AGENT = 'Multiplane';
const IDLE_MS = 10_000;
const HEADER_BYTES = 16 * 1024;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * Ask an address that somebody gave us. Only HTTPS and only public addresses are connected to, unless allowed otherwise:
 * what counts is the address of the connection itself, so that no name can lead elsewhere between check and use. Neither
 * cookies nor credentials are sent, and nothing is unpacked.
 *
 * Throws AppError `fetch_refused` for an address we do not ask, and `fetch_failed` where it does not answer, or not in
 * time; neither says where it led. Reading the body throws the latter, and `payload_too_large`.
 */
export async function publicRequest(address: string | URL, request: PublicRequest): Promise<PublicResponse> {
  const deadline = new Deadline(request);
  try {
    return await follow(checkedUrl(address, request), request, deadline);
  } catch (error) {
    deadline.end();
    throw fetchError(error);
  }
}

async function follow(first: URL, request: PublicRequest, deadline: Deadline): Promise<PublicResponse> {
  const maxRedirects = request.method === 'POST' ? 0 : (request.maxRedirects ?? 0);
  let [url, asked] = [first, request];
  for (let left = maxRedirects; ; left -= 1) {
    const exchange = await ask(url, asked, deadline);
    const { location } = exchange.response.headers;
    const leadsOn = REDIRECTS.has(exchange.response.statusCode) && typeof location === 'string';
    if (!leadsOn || maxRedirects === 0) return answerOf(exchange, request, deadline);
    await leave(exchange);
    if (left === 0) throw tooManyRedirects();
    url = checkedUrl(location, request, url);
    if (url.origin !== first.origin) asked = { ...request, headers: {} };
  }
}

/** Throws AppError `fetch_refused` for what is no address, or none that may be asked. */
function checkedUrl(address: string | URL, request: PublicRequest, base?: URL): URL {
  const text = String(address);
  if (!URL.canParse(text, base)) throw refused('That is not an address.');
  const url = new URL(text, base);
  const { allowHttp = false, accepts = () => true } = request;
  const isSpoken = url.protocol === 'https:' || (allowHttp && url.protocol === 'http:');
  if (!isSpoken) throw refused('Only https:// addresses are asked.');
  if (url.username || url.password) throw refused('An address may not have a name or a password in it.');
  if (!accepts(url)) throw refused('That address is not one of those that are asked.');
  const literal = url.hostname.replace(/^\[(.*)\]$/, '$1');
  if (isIP(literal) && !guardOf(request)(literal)) throw notPublic();
  return url;
}

interface Exchange {
  client: Client;
  response: Dispatcher.ResponseData;
}

/** One connection, for one request. */
async function ask(url: URL, request: PublicRequest, { signal }: Deadline): Promise<Exchange> {
  const { method = 'GET', headers, body, timeoutMs, idleMs = IDLE_MS, tls, lookup = systemLookup } = request;
  const client = new Client(url.origin, {
    connect: { ...tls, lookup: guardedLookup(lookup as LookupFunction, guardOf(request)), timeout: idleMs },
    headersTimeout: method === 'GET' ? idleMs : timeoutMs,
    bodyTimeout: idleMs,
    maxHeaderSize: HEADER_BYTES,
    pipelining: 0,
  });
  try {
    const response = await client.request({
      method,
      path: `${url.pathname}${url.search}`,
      headers: { 'user-agent': USER_AGENT, 'accept-encoding': 'identity', ...headers },
      body: body ?? null,
      signal,
    });
    return { client, response };
  } catch (error) {
    await client.destroy();
    throw error;
  }
}

function guardOf({ allowPrivate = false, isAllowed = isPublicAddress }: PublicRequest) {
  return allowPrivate ? () => true : isAllowed;
}

function answerOf(exchange: Exchange, { maxBytes }: PublicRequest, deadline: Deadline): PublicResponse {
  const { response } = exchange;
  const close = () => {
    deadline.end();
    return leave(exchange);
  };
  const { statusCode: status, headers } = response;
  return { status, headers, body: limited(response, maxBytes, close), close };
}

/** End a connection, whatever is still to come; a body that nobody listens to would end the process with it. */
async function leave({ client, response }: Exchange): Promise<void> {
  response.body.on('error', () => {}).destroy();
  await client.destroy();
}

async function* limited(
  { headers, body }: Dispatcher.ResponseData,
  maxBytes: number,
  close: () => Promise<void>,
): AsyncGenerator<Uint8Array> {
  try {
    if (Number(headers['content-length'] ?? 0) > maxBytes) throw tooMuch(maxBytes);
    let received = 0;
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      received += chunk.byteLength;
      if (received > maxBytes) throw tooMuch(maxBytes);
      yield chunk;
    }
  } catch (error) {
    throw fetchError(error);
  } finally {
    await close();
  }
}
