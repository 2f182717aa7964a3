import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import { freePort } from './free-port.ts';
import { temporaryFolder } from './temporary-folder.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** A real HTTP server on this machine until the test ends. Returns its address, without a trailing slash. */
export async function serve(handler: Handler): Promise<string> {
  const server = createServer(handler);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** An address nobody listens at. */
export async function deadAddress(): Promise<string> {
  return `http://127.0.0.1:${await freePort()}`;
}

/** Answer with the bytes, or with what the request's Range asks of them. */
export function sendRange(bytes: Buffer, request: IncomingMessage, response: ServerResponse): void {
  const from = /^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1];
  if (from === undefined) return void response.end(bytes);
  const start = Number(from);
  response.writeHead(206, { 'content-range': `bytes ${start}-${bytes.length - 1}/${bytes.length}` });
  response.end(bytes.subarray(start));
}

/** npm settings of the test's own: this registry, an empty cache, these lines as the user's .npmrc, no proxy. */
export function useRegistry(registry: string, userconfig = '/nonexistent'): void {
  vi.stubEnv('npm_config_registry', `${registry}/`);
  vi.stubEnv('npm_config_cache', join(temporaryFolder(), 'npm-cache'));
  vi.stubEnv('npm_config_userconfig', userconfig);
  vi.stubEnv('npm_config_noproxy', '127.0.0.1');
  vi.stubEnv('npm_config_fetch_retries', '0');
  onTestFinished(() => void vi.unstubAllEnvs());
}
