import { expect, test } from 'vitest';
import { addressBehind } from './client-address.ts';

test.each([
  ['nobody forwards it', '203.0.113.7', undefined, 0, '203.0.113.7'],
  ['IPv4 written as IPv6', '::ffff:203.0.113.7', undefined, 0, '203.0.113.7'],
  ['IPv6 in another spelling', '2001:DB8:0:0::1', undefined, 0, '2001:db8::1'],
  ['no proxy is trusted', '203.0.113.7', '198.51.100.1', 0, '203.0.113.7'],
  ['a proxy is trusted', '10.0.0.1', '198.51.100.1', 1, '198.51.100.1'],
  ['the client wrote some itself', '10.0.0.1', '192.0.2.66, 198.51.100.1', 1, '198.51.100.1'],
  ['two proxies', '10.0.0.1', '192.0.2.66, 198.51.100.1,10.0.0.2', 2, '198.51.100.1'],
  ['fewer entries than proxies', '10.0.0.1', '198.51.100.1', 3, '198.51.100.1'],
  ['what is no address', '10.0.0.1', 'unknown', 1, '10.0.0.1'],
  ['an end that has gone', undefined, undefined, 0, null],
])('where a request comes from: %s', (_what, peer, forwardedFor, trustedProxies, address) => {
  expect(addressBehind(peer, forwardedFor, trustedProxies)).toBe(address);
});
