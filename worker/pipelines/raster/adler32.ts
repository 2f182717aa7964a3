const MODULUS = 65_521;
/** As many bytes as can be summed up before a 32-bit sum could overflow. */
const BLOCK = 5_552;

/** The checksum of a zlib stream (RFC 1950): of `bytes`, which come behind those that `before` is of. */
export function adler32(bytes: ArrayLike<number>, before = 1): number {
  let low = before & 0xffff;
  let high = before >>> 16;
  for (let start = 0; start < bytes.length; start += BLOCK) {
    const end = Math.min(bytes.length, start + BLOCK);
    for (let i = start; i < end; i++) {
      low += bytes[i]!;
      high += low;
    }
    low %= MODULUS;
    high %= MODULUS;
  }
  return ((high << 16) | low) >>> 0;
}
