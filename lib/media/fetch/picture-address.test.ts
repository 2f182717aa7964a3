import { describe, expect, test } from 'vitest';
import { BUCKETS_ORIGIN, isPictureHost, parsePictureAddress, urlOfObject } from './picture-address.ts';

const HOSTS = ['pictures.example.org', '*.example.com', 'odd.example:8443'];
const object = (bucket: string, name: string) => ({ kind: 'object', bucket, object: name });

test.each([
  ['gs://photos/a.jpg', 'photos', 'a.jpg'],
  ['gs://my.photos.example/2026/a b.jpg', 'my.photos.example', '2026/a b.jpg'],
  ['gs://photos/%2e%2e/ü?#.jpg', 'photos', '%2e%2e/ü?#.jpg'],
  ['gs://photos/a//b', 'photos', 'a//b'],
  ['https://storage.googleapis.com/photos/a%20b.jpg', 'photos', 'a b.jpg'],
  ['https://storage.googleapis.com:443/photos/2026%2Fa.jpg#top', 'photos', '2026/a.jpg'],
  ['https://photos.storage.googleapis.com/2026/a.jpg', 'photos', '2026/a.jpg'],
  ['HTTPS://Storage.GoogleAPIs.com/photos/a.jpg', 'photos', 'a.jpg'],
])('%s is an object of a bucket', (text, bucket, name) => {
  expect(parsePictureAddress(text, [])).toEqual(object(bucket, name));
});

test('an object is asked for by its name as it is, whatever is in it', () => {
  const names = ['a b.jpg', '%2e%2e/x', 'a?b=c', 'ü/😀', 'a//b', '@host:1/'];
  for (const name of names) {
    const url = urlOfObject({ bucket: 'photos', object: name }, BUCKETS_ORIGIN);
    expect([url.origin, url.search, url.hash, decodeURIComponent(url.pathname)]).toEqual([
      BUCKETS_ORIGIN,
      '',
      '',
      `/photos/${name}`,
    ]);
  }
});

test.each([
  'https://storage.googleapis.com/photos/a.jpg?X-Goog-Signature=ab',
  'https://photos.storage.googleapis.com/a.jpg?generation=3',
  'https://pictures.example.org/a.jpg',
  'https://deep.down.example.com/a.jpg?b=c',
  'https://odd.example:8443/a.jpg',
])('%s is asked for as it is', (text) => {
  expect(parsePictureAddress(text, HOSTS)).toEqual({ kind: 'web', url: new URL(text) });
});

describe('is refused:', () => {
  test.each([
    ['no bucket', 'gs:///a.jpg', 'bucket'],
    ['a bucket of one letter', 'gs://a/a.jpg', 'bucket'],
    ['a bucket in capitals', 'gs://Photos/a.jpg', 'bucket'],
    ['two dots for a bucket', 'gs://../a.jpg', 'bucket'],
    ['two dots in a bucket', 'gs://pho..tos/a.jpg', 'bucket'],
    ['a bucket with a port', 'gs://photos:80/a.jpg', 'bucket'],
    ['a bucket with somebody’s name', 'gs://me@photos/a.jpg', 'bucket'],
    ['a percent sign in a bucket', 'gs://pho%74os/a.jpg', 'bucket'],
    ['a long bucket', `gs://${'a'.repeat(64)}/a.jpg`, 'bucket'],
    ['no object', 'gs://photos', 'object'],
    ['an empty object', 'gs://photos/', 'object'],
    ['an object that climbs', 'gs://photos/../other/a.jpg', 'object'],
    ['one that climbs in the end', 'gs://photos/a/..', 'object'],
    ['a dot', 'gs://photos/./a.jpg', 'object'],
    ['a long object', `gs://photos/${'a'.repeat(1025)}`, 'object'],
    ['a long object of wide letters', `gs://photos/${'ü'.repeat(513)}`, 'object'],
    ['a generation', 'gs://photos/a.jpg#1712345678901234', 'object'],
    ['a line break', 'gs://photos/a\n.jpg', 'invalid'],
    ['a null', 'gs://photos/a\u0000.jpg', 'invalid'],
    ['half a letter', 'gs://photos/\ud800', 'invalid'],
    ['an encoded null', 'https://storage.googleapis.com/photos/a%00.jpg', 'object'],
    ['an encoded climb', 'https://storage.googleapis.com/photos/..%2Fother%2Fa.jpg', 'object'],
    ['a broken encoding', 'https://storage.googleapis.com/photos/%zz', 'invalid'],
    ['a bucket alone', 'https://storage.googleapis.com/photos', 'bucket'],
    ['http', 'http://storage.googleapis.com/photos/a.jpg', 'invalid'],
    ['ftp', 'ftp://storage.googleapis.com/photos/a.jpg', 'invalid'],
    ['data', 'data:image/png;base64,iVBORw0KGgo=', 'invalid'],
    ['a path', '/etc/passwd', 'invalid'],
    ['nothing', '', 'invalid'],
    ['a number', 7, 'invalid'],
    ['a list', ['gs://photos/a.jpg'], 'invalid'],
    ['much too much', `gs://photos/${'a'.repeat(5000)}`, 'invalid'],
    ['a password', 'https://me:secret@storage.googleapis.com/photos/a.jpg', 'invalid'],
    ['another port', 'https://storage.googleapis.com:8443/photos/a.jpg', 'host'],
    ['a dot behind the host', 'https://storage.googleapis.com./photos/a.jpg', 'host'],
    ['a host that ends alike', 'https://evilstorage.googleapis.com/photos/a.jpg', 'host'],
    ['a host that begins alike', 'https://storage.googleapis.com.evil.example/photos/a.jpg', 'host'],
    ['what stands above a listed host', 'https://example.com/a.jpg', 'host'],
    ['a listed host at another port', 'https://pictures.example.org:8443/a.jpg', 'host'],
    ['what is not listed', 'https://127.0.0.1/a.jpg', 'host'],
  ])('%s', (_name, text, code) => {
    expect(() => parsePictureAddress(text, HOSTS)).toThrow(
      expect.objectContaining({ code: 'fetch_refused', fields: [expect.objectContaining({ code })] }),
    );
  });

  test('another host, and it is said which would do', () => {
    expect(() => parsePictureAddress('https://elsewhere.example/a.jpg', ['one.example'])).toThrow(
      expect.objectContaining({
        fields: [
          expect.objectContaining({
            allowed: ['storage.googleapis.com', '*.storage.googleapis.com', 'one.example'],
          }),
        ],
      }),
    );
    expect(isPictureHost(new URL('https://elsewhere.example'), [])).toBe(false);
  });
});
