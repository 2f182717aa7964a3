import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
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

/** A link to an output, relative to the studio's address. @param expiresAt seconds since 1970 */
export async function signedUrl({ id, name }: LinkedFile, expiresAt: number): Promise<string> {
  const signature = (await sign({ id, name }, String(expiresAt))).toString('base64url');
  const path = `/api/v1/jobs/${id}/outputs/${encodeURIComponent(name)}`;
  return `${path}?expires=${expiresAt}&signature=${signature}`;
}

/** A job whose outputs are led to by links that hold for so many seconds. */
export async function withSignedUrls(job: JobResource, seconds: number, now: number): Promise<JobResource> {
  const expiresAt = expiryAfter(seconds, now);
  const signed = job.outputs.map(async (output) => {
    return { ...output, url: await signedUrl({ id: job.id, name: output.name }, expiresAt) };
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
 * `link_expired` for one that was, and `not_found` where the job is gone.
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
  const expected = await sign(file, expires);
  const signature = Buffer.from(given, 'base64url');
  if (signature.length !== expected.length || !timingSafeEqual(signature, expected)) {
    throw new AppError('forbidden', 'The signature of this link is not right.', { suggestion: ASK_AGAIN });
  }
  if (Number(expires) * 1000 <= now) {
    throw new AppError('link_expired', 'This link has expired.', { suggestion: ASK_AGAIN });
  }
  return onBehalfOf(await ownerOfJob(db, file.id));
}

const ASK_AGAIN = 'Ask for a new link where you had this one from.';

/** Written as JSON, so that no two files have the same text. */
async function sign({ id, name }: LinkedFile, expires: string): Promise<Buffer> {
  return createHmac('sha256', await linkKey())
    .update(JSON.stringify([id, name, expires]))
    .digest();
}
