/** Slowest of the embedding's waves, against the fastest. */
const SLOWEST = 10_000;
const SCALE = 1000;

/**
 * How much guidance a distilled network is to have, as it is told of it: sines, then cosines, of falling frequencies (Luo
 * et al., “Latent Consistency Models”, 2023). 1 is none at all. `length` is even, 256 in the models that are public.
 */
export function guidanceEmbedding(guidance: number, length: number): number[] {
  const weight = SCALE * (guidance - 1);
  const half = length / 2;
  const angles = Array.from(
    { length: half },
    (_, i) => weight * Math.exp((-Math.log(SLOWEST) * i) / (half - 1)),
  );
  return [...angles.map(Math.sin), ...angles.map(Math.cos)];
}
