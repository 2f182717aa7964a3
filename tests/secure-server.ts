import { createServer } from 'node:https';
import type { AddressInfo, LookupFunction } from 'node:net';
import type { RequestListener } from 'node:http';
import { onTestFinished } from 'vitest';
import type { PublicRequest } from '#lib/core/net/public-fetch';
import { isPublicAddress } from '#lib/core/net/public-address';
import { certificateFor } from './certificate.ts';

const NAMES = ['pictures.test', '*.pictures.test', 'localhost'];
let certificate: ReturnType<typeof certificateFor> | undefined;

/**
 * A real HTTPS server on this machine until the test ends, as `pictures.test`. Returns its address under that name,
 * without a trailing slash.
 * @param host the loopback address to listen at
 */
export async function serveSecurely(handler: RequestListener, host = '127.0.0.1', port = 0): Promise<string> {
  certificate ??= certificateFor(NAMES);
  const server = createServer(certificate, handler);
  await new Promise<void>((ready) => server.listen(port, host, ready));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `https://pictures.test:${(server.address() as AddressInfo).port}`;
}

/** A resolver for which every name has these addresses. */
export function answering(...addresses: string[]): LookupFunction {
  const found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  return (_name, _options, done) => setImmediate(() => done(null, found));
}

/** A way by which 127.0.0.1 is the public internet, and whom its certificate proves is trusted; no other loopback is. */
export function wayToServer(): Pick<PublicRequest, 'lookup' | 'isAllowed' | 'tls'> {
  certificate ??= certificateFor(NAMES);
  return {
    lookup: answering('127.0.0.1'),
    isAllowed: (address) => address === '127.0.0.1' || isPublicAddress(address),
    tls: { ca: certificate.cert },
  };
}
