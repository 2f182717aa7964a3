const MULTIPLIER = 0xd256d193n;
const WEYL = 0x9e3779b9;
const ROUNDS = 10;

/**
 * Philox2x32-10 (Salmon et al., “Parallel random numbers: as easy as 1, 2, 3”, 2011): a counter-based generator. The
 * numbers for a counter are a function of it and the key alone, whatever was asked before. All are 32-bit, unsigned.
 */
export function philox(counter: readonly [number, number], key: number): [number, number] {
  let [low, high] = counter;
  for (let round = 0; round < ROUNDS; round++) {
    const product = MULTIPLIER * BigInt(low);
    const roundKey = (key + Math.imul(round, WEYL)) >>> 0;
    low = (Number(product >> 32n) ^ roundKey ^ high) >>> 0;
    high = Number(product & 0xffffffffn);
  }
  return [low, high];
}

/** A number in -1..1 for a place in a stream. */
export function randomAt(seed: number, stream: number, index: number): number {
  return philox([index, stream], seed)[0] / 0x7fffffff - 1;
}
