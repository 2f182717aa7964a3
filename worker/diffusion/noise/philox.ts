const MULTIPLIERS = [0xd2511f53, 0xcd9e8d57] as const;
/** What the key grows by in each round: the golden ratio, and the square root of 3 less 1, in 32 bits. */
const WEYL = [0x9e3779b9, 0xbb67ae85] as const;
const ROUNDS = 10;

/** Four unsigned 32-bit numbers. */
export type Words = readonly [number, number, number, number];

/**
 * Philox4x32-10 (Salmon et al., “Parallel random numbers: as easy as 1, 2, 3”, 2011): a counter-based generator. The
 * numbers for a counter are a function of it and the key alone, whatever was asked before. All are 32-bit, unsigned.
 */
export function philox(counter: Words, key: readonly [number, number]): Words {
  let [c0, c1, c2, c3] = counter;
  let [k0, k1] = key;
  for (let round = 0; round < ROUNDS; round++) {
    const high0 = highWord(MULTIPLIERS[0], c0);
    const high1 = highWord(MULTIPLIERS[1], c2);
    const low0 = Math.imul(MULTIPLIERS[0], c0) >>> 0;
    const low1 = Math.imul(MULTIPLIERS[1], c2) >>> 0;
    [c0, c1, c2, c3] = [(high1 ^ c1 ^ k0) >>> 0, low1, (high0 ^ c3 ^ k1) >>> 0, low0];
    k0 = (k0 + WEYL[0]) >>> 0;
    k1 = (k1 + WEYL[1]) >>> 0;
  }
  return [c0, c1, c2, c3];
}

/** The upper 32 bits of a product, through halves whose products a float64 holds exactly. */
function highWord(a: number, b: number): number {
  const low = a * (b & 0xffff);
  const high = a * (b >>> 16);
  return Math.floor((high + Math.floor(low / 0x10000)) / 0x10000);
}
