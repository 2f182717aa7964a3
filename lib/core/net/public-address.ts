import type { LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { notPublic } from './fetch-errors.ts';

/** All of IPv6 that has been given out to the public so far (RFC 4291, IANA). */
const GLOBAL_UNICAST = ipaddr.parseCIDR('2000::/3') as [ipaddr.IPv6, number];

/**
 * Whether an IP address is one of the public internet's: neither of this machine or its networks, nor a form that hides
 * another address in it (IPv4-mapped, NAT64, 6to4, Teredo). What is no IP address is not.
 */
export function isPublicAddress(address: string): boolean {
  if (!isIP(address)) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast') return false;
  return parsed.kind() === 'ipv4' || (parsed as ipaddr.IPv6).match(GLOBAL_UNICAST);
}

/**
 * A resolver that finds allowed addresses only, for a socket to connect by: what it was checked for is what it connects
 * to, however often a name changes its answer. A name with a single other address is refused whole, by AppError
 * `fetch_refused`.
 */
export function guardedLookup(
  resolve: LookupFunction,
  isAllowed: (address: string) => boolean,
): LookupFunction {
  return (hostname, options, done) => {
    resolve(hostname, { ...options, all: true }, (error, found) => {
      const addresses = found as LookupAddress[];
      if (error) return done(error, []);
      if (!addresses.every(({ address }) => isAllowed(address))) return done(notPublic(), []);
      if (options.all) return done(null, addresses);
      done(null, addresses[0]!.address, addresses[0]!.family);
    });
  };
}
