import { channel } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { addressBehind, CLIENT_ADDRESS_HEADER } from '#lib/auth/client-address';
import { settings } from '#lib/config/settings';

/**
 * Called by Next before the first request. A route is not shown its connection, and Next believes any `X-Forwarded-For`,
 * so where a request comes from is written into it as Node hands it over.
 */
export function register(): void {
  channel('http.server.request.start').subscribe((message) => {
    const { request } = message as { request: IncomingMessage };
    request.headers[CLIENT_ADDRESS_HEADER] = addressOf(request) ?? '';
  });
}

function addressOf({ headers, socket }: IncomingMessage): string | null {
  const forwardedFor = headers['x-forwarded-for'];
  return addressBehind(socket.remoteAddress, forwardedFor?.toString(), settings().trustedProxies);
}
