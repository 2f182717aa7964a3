import { readFile } from 'node:fs/promises';
import { json } from 'node:stream/consumers';
import { importPKCS8, SignJWT } from 'jose';
import { z } from 'zod';
import { AppError } from '#lib/core/errors';
import { type PublicRequest, publicRequest } from '#lib/core/net/public-fetch';

const SCOPE = 'https://www.googleapis.com/auth/devstorage.read_only';
const GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const ASSERTION_S = 60 * 60;
const MARGIN_MS = 60_000;
const LIMITS = { timeoutMs: 15_000, maxBytes: 64 * 1024 };

/** The key file of a service account, as Google gives it out. */
const accountSchema = z.object({
  client_email: z.string(),
  private_key: z.string(),
  private_key_id: z.string().optional(),
  token_uri: z.url({ protocol: /^https$/ }),
});
const answerSchema = z.object({ access_token: z.string(), expires_in: z.number() });

interface Token {
  text: string;
  /** Epoch milliseconds. */
  endsAt: number;
}

/** By the path of the key file: got once for all who ask at the same time, and until a minute before its end. */
const tokens = new Map<string, Promise<Token>>();

/**
 * A token with which the service account's buckets can be read (RFC 7523).
 * @param path of the account's key file
 *
 * Throws AppError `unavailable` where there is none to be had; why is for the operator, in its cause.
 */
export async function bucketToken(
  path: string,
  now: number,
  way: Pick<PublicRequest, 'lookup' | 'tls'> = {},
): Promise<string> {
  const current = tokens.get(path);
  const known = current && (await current.catch(() => undefined));
  if (known && now < known.endsAt - MARGIN_MS) return known.text;
  const fresh = getToken(path, now, way);
  tokens.set(path, fresh);
  try {
    return (await fresh).text;
  } catch (cause) {
    tokens.delete(path);
    throw new AppError('unavailable', 'This studio cannot sign in to its buckets at the moment.', { cause });
  }
}

async function getToken(
  path: string,
  now: number,
  way: Pick<PublicRequest, 'lookup' | 'tls'>,
): Promise<Token> {
  const account = accountSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  const form = new URLSearchParams({ grant_type: GRANT, assertion: await assertionOf(account, now) });
  const answer = await publicRequest(account.token_uri, {
    ...LIMITS,
    ...way,
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: form.toString(),
    // The operator's own file names it.
    allowPrivate: true,
  });
  const body = await json(answer.body);
  if (answer.status !== 200) throw new Error(`${account.token_uri} answered ${answer.status}`);
  const { access_token: text, expires_in: lastsS } = answerSchema.parse(body);
  return { text, endsAt: now + lastsS * 1000 };
}

async function assertionOf(account: z.output<typeof accountSchema>, now: number): Promise<string> {
  const key = await importPKCS8(account.private_key, 'RS256');
  const issuedAt = Math.floor(now / 1000);
  const { private_key_id: kid } = account;
  return new SignJWT({ scope: SCOPE })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', ...(kid === undefined ? {} : { kid }) })
    .setIssuer(account.client_email)
    .setAudience(account.token_uri)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + ASSERTION_S)
    .sign(key);
}
