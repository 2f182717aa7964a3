import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { getAgent } from '@npmcli/agent';
import type { NpmSettings } from './npm-settings.ts';

const MAX_REDIRECTS = 5;
/** A connection over which nothing has come for this long is given up. */
const IDLE_MS = 60_000;

export interface GetOptions {
  /** For their proxy and certificate authorities: what reaches the registry reaches this too. */
  settings: NpmSettings;
  /** How long the server may take to begin its answer. */
  connectTimeoutMs: number;
}

/**
 * One GET request, redirects followed, as a stream that waits for its reader (weights can be many gigabytes). The
 * caller reads it to the end or destroys it. Rejects with the connection's own error, or ETIMEDOUT.
 */
export async function get(
  url: string,
  headers: Record<string, string>,
  options: GetOptions,
): Promise<IncomingMessage> {
  let address = url;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    const response = await getOnce(address, headers, options);
    const { location } = response.headers;
    if (!location || ![301, 302, 303, 307, 308].includes(response.statusCode ?? 0)) return response;
    response.destroy();
    address = new URL(location, address).href;
  }
  throw Object.assign(new Error('Too many redirects.'), { code: 'EMAXREDIRECT' });
}

function getOnce(url: string, headers: Record<string, string>, options: GetOptions) {
  return new Promise<IncomingMessage>((answered, fail) => {
    const request = url.startsWith('https:') ? httpsRequest : httpRequest;
    const sent = request(url, {
      agent: getAgent(url, connection(options.settings)),
      headers: { ...headers, 'accept-encoding': 'identity' },
    });
    const timer = setTimeout(() => sent.destroy(timedOut()), options.connectTimeoutMs);
    sent.on('response', (response) => {
      clearTimeout(timer);
      answered(response);
    });
    sent.on('error', (error) => {
      clearTimeout(timer);
      fail(error);
    });
    sent.end();
  });
}

/** The settings a connection to anyone may have; the registry's own credentials are not among them. */
function connection(settings: NpmSettings): Record<string, unknown> {
  const { ca, strictSSL, noProxy, localAddress, httpsProxy, proxy } = settings;
  return {
    ca,
    localAddress,
    noProxy,
    proxy: httpsProxy ?? proxy,
    rejectUnauthorized: strictSSL !== false,
    keepAlive: false,
    timeouts: { idle: IDLE_MS },
  };
}

function timedOut(): Error {
  return Object.assign(new Error('The server did not answer in time.'), { code: 'ETIMEDOUT' });
}
