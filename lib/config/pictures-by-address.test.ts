import { expect, test } from 'vitest';
import { readSettings } from './settings.ts';

test('hosts are a list, in small letters; none is listed and no account named unless it is said', () => {
  const given = { MULTIPLANE_IMAGE_HOSTS: ' Pictures.Example.org, *.example.com,odd.example:8443,' };
  expect(readSettings(given).imageHosts).toEqual([
    'pictures.example.org',
    '*.example.com',
    'odd.example:8443',
  ]);
  expect(readSettings({})).toMatchObject({ imageHosts: [], gcsCredentials: null });
  expect(readSettings({ MULTIPLANE_GCS_CREDENTIALS: '/srv/a.json' }).gcsCredentials).toBe('/srv/a.json');
});

test.each(['*', 'https://a.example', 'a.example/path', 'a b', '*.*.example', 'a..b', '-a.example'])(
  '%s is no host',
  (hosts) => {
    expect(() => readSettings({ MULTIPLANE_IMAGE_HOSTS: hosts })).toThrow('MULTIPLANE_IMAGE_HOSTS: names of');
  },
);
