import { createHash } from 'node:crypto';

/**
 * One of the items, by chance that always falls the same for a seed and a slot: the first 32 bits of
 * SHA-256("seed:slot"), big-endian, modulo how many there are. Undefined where there are none.
 */
export function choose<T>(items: readonly T[], seed: number, slot: string): T | undefined {
  const digest = createHash('sha256').update(`${seed}:${slot}`).digest();
  return items[digest.readUInt32BE(0) % items.length];
}
