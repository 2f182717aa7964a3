import ipaddr from 'ipaddr.js';

/** Written by `instrumentation.ts` over whatever was sent under this name. */
export const CLIENT_ADDRESS_HEADER = 'x-multiplane-client-address';

/**
 * The address that a request comes from, for limits and for the audit log: an IP address (an IPv4 one is never written
 * as IPv6), or null where it came over no network, as in a test of a handler alone.
 */
export function clientAddress(headers: Pick<Headers, 'get'>): string | null {
  return headers.get(CLIENT_ADDRESS_HEADER) || null;
}

/**
 * Whom a connection speaks for. Each proxy adds to `X-Forwarded-For` whom it heard from, behind what it was told, so as
 * many entries are believed, from the end, as there are proxies of the operator's; the rest anybody may have written.
 * @param peer the other end of the connection
 */
export function addressBehind(
  peer: string | undefined,
  forwardedFor: string | undefined,
  trustedProxies: number,
): string | null {
  const told = forwardedFor?.split(',').map((entry) => entry.trim()) ?? [];
  const heard = [...told, peer ?? ''];
  const believed = heard.slice(-1 - trustedProxies);
  return plainAddress(believed[0]!) ?? plainAddress(peer ?? '');
}

function plainAddress(given: string): string | null {
  return ipaddr.isValid(given) ? ipaddr.process(given).toString() : null;
}
