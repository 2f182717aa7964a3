import { hash, verify } from '@node-rs/argon2';

/** OWASP's first choice for argon2id, which is the library's default algorithm: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** A hash of the same cost, of salt and bytes drawn by chance: there is no password behind it. */
const NOBODYS_HASH = [
  `$argon2id$v=19$m=${COST.memoryCost},t=${COST.timeCost},p=${COST.parallelism}`,
  'rEqgSlrejKUOi1kBN98qeg',
  'K3Jftq5f7nfwkCkzYFP+wnC7GHJ8FpP9HRe+Dhlxd1Q',
].join('$');

export async function hashPassword(password: string): Promise<string> {
  return hash(password, COST);
}

/**
 * Whether the password is the one behind the hash. Where there is no account (null), as long is spent on a hash of
 * nobody's, so that the time tells no one which e-mail addresses are registered.
 */
export async function verifyPassword(password: string, passwordHash: string | null): Promise<boolean> {
  const matches = await verify(passwordHash ?? NOBODYS_HASH, password);
  return matches && passwordHash !== null;
}
