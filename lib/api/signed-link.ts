import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { wasRevoked } from '#lib/auth/api-keys';
import { type Caller, keyIdOf } from '#lib/auth/caller';
import { authSecret } from '#lib/auth/secret';
import { type Actor, onBehalfOf } from '#lib/core/actor';
import { AppError } from '#lib/core/errors';
import { rememberSuccess } from '#lib/core/remember-success';
import type { Database } from '#lib/db/client';
import { ownerOfJob } from '#lib/jobs/queries';
import type { JobResource } from '#lib/jobs/resource';

/* Links by which anybody can fetch one output of a job, without a key, until they expire. */

/** How many seconds a link may hold. */
export const LINK_SECONDS = { min: 60, max: 7 * 24 * 3600 };

/** The one file that a link leads to. */
interface LinkedFile {
  id: string;
  name: string;
}

/** Apart from the key of the sessions, so that neither tells anything of the other (HKDF, RFC 5869). */
const linkKey: () => Promise<Buffer> = rememberSuccess(async () =>
  Buffer.from(hkdfSync('sha256', await authSecret(), '', 'multiplane signed link 1', 32)),
);

/** Until when a link holds, as it says itself. */
interface Terms {
  /** Seconds since 1970. */
  expires: string;
  /** Id of the API key that it ends with, if that is revoked before. */
  key: string | undefined;
}

/**
 * A link to an output, relative to the studio's address.
 * @param maker whose key it ends with, where it is asked for with one
 * @param expiresAt seconds since 1970
 */
export async function signedUrl(file: LinkedFile, maker: Caller, expiresAt: number): Promise<string> {
  const [expires, key] = [String(expiresAt), keyIdOf(maker)];
  const signature = (await sign(file, { expires, key })).toString('base64url');
  const path = `/api/v1/jobs/${file.id}/outputs/${encodeURIComponent(file.name)}`;
  return `${path}?${new URLSearchParams({ expires, ...(key && { key }), signature }).toString()}`;
}

/** A job whose outputs are led to by links that hold for so many seconds. */
export async function withSignedUrls(
  job: JobResource,
  maker: Caller,
  seconds: number,
  now: number,
): Promise<JobResource> {
  const expiresAt = expiryAfter(seconds, now);
  const signed = job.outputs.map(async (output) => {
    return { ...output, url: await signedUrl({ id: job.id, name: output.name }, maker, expiresAt) };
  });
  const outputs = await Promise.all(signed);
  const result = job.outputs.findIndex(({ url }) => url === job.result_url);
  return { ...job, outputs, result_url: outputs[result]?.url ?? null };
}

/** When a link expires that is made now; seconds since 1970. */
export function expiryAfter(seconds: number, now: number): number {
  return Math.floor(now / 1000) + seconds;
}

/**
 * Who is served by a request for a file that bears a signature, in place of a key: its owner, for nothing but this file.
 * Null for one that bears none. Throws AppError `forbidden` for a signature that is not ours or is another file's,
 * `link_expired` for one that was or whose key was revoked, and `not_found` where the job is gone.
 */
export async function actorOfLink(
  db: Database,
  request: Request,
  file: LinkedFile,
  now: number,
): Promise<Actor | null> {
  const { searchParams } = new URL(request.url);
  const given = searchParams.get('signature');
  if (given === null) return null;
  const expires = searchParams.get('expires') ?? '';
  const key = searchParams.get('key') ?? undefined;
  const expected = await sign(file, { expires, key });
  const signature = Buffer.from(given, 'base64url');
  if (signature.length !== expected.length || !timingSafeEqual(signature, expected)) {
    throw new AppError('forbidden', 'The signature of this link is not right.', { suggestion: ASK_AGAIN });
  }
  if (Number(expires) * 1000 <= now) {
    throw new AppError('link_expired', 'This link has expired.', { suggestion: ASK_AGAIN });
  }
  if (key !== undefined && (await wasRevoked(db, key))) {
    throw new AppError('link_expired', 'This link has ended, with the API key that made it.', {
      suggestion: ASK_AGAIN,
    });
  }
  return onBehalfOf(await ownerOfJob(db, file.id));
}

const ASK_AGAIN = 'Ask for a new link where you had this one from.';

/** Written as JSON, so that no two files or terms have the same text. */
async function sign({ id, name }: LinkedFile, { expires, key }: Terms): Promise<Buffer> {
  const said = [id, name, expires, ...(key === undefined ? [] : [key])];
  return createHmac('sha256', await linkKey())
    .update(JSON.stringify(said))
    .digest();
}
