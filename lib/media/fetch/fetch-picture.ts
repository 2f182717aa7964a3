import { settings } from '#lib/config/settings';
import { systemClock } from '#lib/core/clock';
import { AppError } from '#lib/core/errors';
import { type PublicRequest, publicRequest, type PublicResponse } from '#lib/core/net/public-fetch';
import type { SentFile } from '../intake.ts';
import { receiveFile } from '../receive.ts';
import type { FileStore } from '../store/store.ts';
import { BUCKETS_ORIGIN, isPictureHost, type PictureAddress, urlOfObject } from './picture-address.ts';
import { bucketToken } from './service-account.ts';

/** How pictures are fetched, where that is not said by the settings. */
export interface Fetching extends Pick<PublicRequest, 'lookup' | 'isAllowed' | 'tls' | 'idleMs'> {
  timeoutMs?: number;
  /** Hosts besides Google's buckets. */
  hosts?: readonly string[];
  maxBytes?: number;
  /** Path of a service account's key file; null for none. */
  credentials?: string | null;
  /** Where Google's buckets are. */
  bucketsOrigin?: string;
}

const TIMEOUT_MS = 30_000;
const MAX_REDIRECTS = 3;

/**
 * Fetch a picture from an address, as if it had been sent in this field. What it is its bytes tell, whatever the address
 * says of them. Whoever gets it discards its file.
 *
 * Throws AppError `fetch_refused`, `fetch_failed`, `payload_too_large`, `storage_full` or `unavailable`, said of the field,
 * and leaves no file behind.
 */
export async function fetchPicture(
  store: FileStore,
  field: string,
  address: PictureAddress,
  fetching: Fetching = {},
): Promise<SentFile> {
  try {
    const answer = await ask(address, fetching);
    const { maxBytes = settings().maxUploadBytes } = fetching;
    const file = await receiveFile(store, answer.body, maxBytes);
    return { field, filename: filenameOf(address), claim: null, file };
  } catch (error) {
    throw saidOf(field, error);
  }
}

/** What a picture from an address is called; its last part counts. */
export function filenameOf(address: PictureAddress): string {
  if (address.kind === 'object') return address.object;
  const { pathname } = address.url;
  try {
    return decodeURIComponent(pathname);
  } catch {
    return pathname;
  }
}

async function ask(address: PictureAddress, fetching: Fetching): Promise<PublicResponse> {
  const { maxUploadBytes, imageHosts } = settings();
  const { bucketsOrigin = BUCKETS_ORIGIN, hosts = imageHosts, maxBytes = maxUploadBytes, ...way } = fetching;
  const isObject = address.kind === 'object';
  const answer = await publicRequest(isObject ? urlOfObject(address, bucketsOrigin) : address.url, {
    timeoutMs: TIMEOUT_MS,
    ...way,
    maxBytes,
    maxRedirects: MAX_REDIRECTS,
    headers: isObject ? await signIn(way) : {},
    accepts: (url) => url.origin === bucketsOrigin || isPictureHost(url, hosts),
  });
  if (answer.status === 200) return answer;
  await answer.close();
  throw notGiven(answer.status);
}

/** What is told to Google's buckets alone. */
async function signIn({
  credentials = settings().gcsCredentials,
  lookup,
  tls,
}: Fetching): Promise<Record<string, string>> {
  if (credentials === null) return {};
  const way = { ...(lookup && { lookup }), ...(tls && { tls }) };
  return { authorization: `Bearer ${await bucketToken(credentials, systemClock(), way)}` };
}

function notGiven(status: number): AppError {
  const isClosed = status === 401 || status === 403;
  const suggestion = isClosed
    ? 'Make the picture public, sign its address, or send it as a file.'
    : 'Look whether the picture is there, or send it as a file.';
  return new AppError('fetch_failed', `That address answered ${status}, and not with a picture.`, {
    suggestion,
  });
}

function saidOf(field: string, error: unknown): unknown {
  if (!(error instanceof AppError) || error.status >= 500) return error;
  const { code, message, suggestion, cause } = error;
  return new AppError(code, message, {
    suggestion,
    fields: [{ pointer: `/${field}`, code, message }],
    cause,
  });
}
