import { createHash } from 'node:crypto';

/** Let a browser keep an answer, and ask every time whether it still holds. */
export const REVALIDATE = 'private, no-cache';
/** The same for bytes that are what their strong tag and their ranges say: nobody on the way may compress them. */
export const REVALIDATE_AS_IS = `${REVALIDATE}, no-transform`;

/** Whether the caller has this version already (`If-None-Match`). Compared weakly, as RFC 9110 has it for reads. */
export function isUnchanged(request: Request, etag: string): boolean {
  const given = request.headers.get('if-none-match');
  if (given === null) return false;
  return given.trim() === '*' || given.split(',').some((tag) => opaque(tag) === opaque(etag));
}

function opaque(tag: string): string {
  return tag.trim().replace(/^W\//, '');
}

/** A weak entity tag for JSON: the same content, though not always the same bytes. */
export function etagOf(content: unknown): string {
  return `W/"${createHash('sha256').update(JSON.stringify(content)).digest('base64url').slice(0, 22)}"`;
}
