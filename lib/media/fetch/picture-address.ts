import { AppError } from '#lib/core/errors';

/** Where a picture is to be fetched from: an object of a Google Cloud bucket, or any other address. */
export type PictureAddress = { kind: 'object'; bucket: string; object: string } | { kind: 'web'; url: URL };

/** Whose buckets are understood, and are the only thing that is, unless the operator lists other hosts. */
const BUCKETS = 'storage.googleapis.com';
const LONGEST = 4096;
/** Of an object's name in UTF-8, as Google sets it. */
const OBJECT_BYTES = 1024;

/**
 * What a caller gave as the address of a picture: `gs://bucket/object`, its form under https, or an https address of one
 * of `hosts`, which are names such as `pictures.example.org`, `*.example.org` for all below, with a port where that is not
 * 443. Throws AppError `fetch_refused`, of which the one field has no name yet.
 */
export function parsePictureAddress(text: unknown, hosts: readonly string[]): PictureAddress {
  if (typeof text !== 'string' || text.length > LONGEST || /[\p{Cc}\p{Cs}]/u.test(text)) throw invalid();
  const named = /^gs:\/\/([^/]*)\/?(.*)$/.exec(text);
  if (named) return objectOf(named[1]!, named[2]!);
  if (!URL.canParse(text)) throw invalid();
  const url = new URL(text);
  url.hash = '';
  if (url.protocol !== 'https:' || url.username || url.password) throw invalid();
  if (!isPictureHost(url, hosts)) throw notListed(hosts);
  // What stands behind a question mark is mostly a signature, which holds for the address as it is.
  return isBucketHost(url) && url.search === '' ? objectAt(url) : { kind: 'web', url };
}

/** Whether pictures may be fetched from an address, as far as its host tells. */
export function isPictureHost(url: URL, hosts: readonly string[]): boolean {
  return isBucketHost(url) || hosts.some((host) => isHost(url.host, host));
}

/** The address under which Google gives an object out. */
export function urlOfObject({ bucket, object }: { bucket: string; object: string }, origin: string): URL {
  return new URL(`${origin}/${bucket}/${object.split('/').map(encodeURIComponent).join('/')}`);
}

export const BUCKETS_ORIGIN = `https://${BUCKETS}`;

function isBucketHost({ host }: URL): boolean {
  return host === BUCKETS || isHost(host, `*.${BUCKETS}`);
}

function isHost(host: string, listed: string): boolean {
  return listed.startsWith('*.') ? host.endsWith(listed.slice(1)) : host === listed;
}

/** An object in either of the forms that Google gives: the bucket first in the path, or before the host's name. */
function objectAt({ host, pathname }: URL): PictureAddress {
  const path = decoded(pathname.slice(1));
  if (host !== BUCKETS) return objectOf(host.slice(0, -BUCKETS.length - 1), path);
  const slash = path.indexOf('/');
  return objectOf(path.slice(0, Math.max(slash, 0)), path.slice(slash + 1));
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw invalid();
  }
}

/** Throws AppError `fetch_refused` for names that Google gives to none. */
function objectOf(bucket: string, object: string): PictureAddress {
  const labels = bucket.split('.');
  const isBucket =
    /^[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$/.test(bucket) &&
    labels.every(({ length }) => length > 0 && length <= 63);
  if (!isBucket) throw refused('bucket', 'That address does not name a bucket.');
  const isObject =
    object !== '' &&
    Buffer.byteLength(object) <= OBJECT_BYTES &&
    !/[\p{Cc}\p{Cs}]/u.test(object) &&
    !object.split('/').some((part) => part === '.' || part === '..');
  if (!isObject) throw refused('object', 'That address does not name an object of its bucket.');
  if (/#\d+$/.test(object)) {
    throw refused('object', 'A picture is fetched as it is now: leave out the generation behind the #.');
  }
  return { kind: 'object', bucket, object };
}

function invalid(): AppError {
  return refused('invalid', 'That is not an address such as gs://bucket/object or https://host/picture.jpg.');
}

function notListed(hosts: readonly string[]): AppError {
  const message = 'Pictures are not fetched from that host.';
  return refused('host', message, [BUCKETS, `*.${BUCKETS}`, ...hosts]);
}

function refused(code: string, message: string, allowed?: unknown): AppError {
  const field = { pointer: '', code, message, ...(allowed === undefined ? {} : { allowed }) };
  return new AppError('fetch_refused', message, { fields: [field] });
}
