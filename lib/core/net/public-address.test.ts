import { expect, test } from 'vitest';
import { isPublicAddress } from './public-address.ts';

test.each([
  ['loopback', ['127.0.0.1', '127.255.255.254', '::1']],
  ['this host', ['0.0.0.0', '0.1.2.3', '::']],
  ['private', ['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', 'fc00::1', 'fd12:3456::1']],
  ['link-local', ['169.254.0.1', 'fe80::1', 'fe80::1%eth0', 'febf::1']],
  ['the metadata service', ['169.254.169.254', 'fd00:ec2::254']],
  [
    'shared, reserved and for documentation',
    ['100.64.0.1', '192.0.0.8', '198.18.0.1', '203.0.113.1', '240.0.0.1'],
  ],
  ['broadcast and multicast', ['255.255.255.255', '224.0.0.1', '239.1.1.1', 'ff02::1']],
  [
    'IPv4 written as IPv6',
    ['::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:8.8.8.8', '::127.0.0.1', '::7f00:1'],
  ],
  [
    'IPv4 behind a translator or tunnel',
    ['64:ff9b::7f00:1', '64:ff9b:1::1', '2002:7f00:1::', '2001::1', '::ffff:0:7f00:1'],
  ],
  ['not given out', ['4000::1', '1000::1', '2001:db8::1', '3fff::1', 'fec0::1', '100::1']],
  ['no address', ['', 'localhost', '127.1', '0x7f.1', '1.2.3', '1.2.3.4.5', '[::1]', '8.8.8.8 ']],
])('%s is not public', (_kind, addresses) => {
  expect(addresses.filter(isPublicAddress)).toEqual([]);
});

test('an address of the internet is public', () => {
  const addresses = ['8.8.8.8', '142.250.74.207', '172.32.0.1', '192.167.1.1', '2a00:1450:4001:81b::200e'];
  expect(addresses.filter(isPublicAddress)).toEqual(addresses);
});
