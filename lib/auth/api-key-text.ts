import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** `mp_` and 32 random bytes in base64url. */
const KEY_PATTERN = /^mp_[\w-]{43}$/;
const PREFIX_LENGTH = 10;

/** A new key: what its owner writes down, and what is kept of it. */
export function newKeyText(): { key: string; prefix: string; hash: string } {
  const key = `mp_${randomBytes(32).toString('base64url')}`;
  return { key, prefix: key.slice(0, PREFIX_LENGTH), hash: hashOfKey(key) };
}

/** Whether it could be a key at all. */
export function looksLikeKey(given: string): boolean {
  return KEY_PATTERN.test(given);
}

/** sha256, hex. */
export function hashOfKey(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

/** Whether two hashes are the same, in a time that does not tell how much of them is. */
export function sameHash(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
