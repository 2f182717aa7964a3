/** Up to this far from one half the middle's fraction holds; further out the tail's. */
const MIDDLE = 0.425;
const TAIL_OFFSET = 1.6;

/** Coefficients of the fractions, from the highest power down. */
const MIDDLE_ABOVE = [
  2.5090809287301227e3, 3.343057558358813e4, 6.72657709270087e4, 4.592195393154987e4, 1.373169376550946e4,
  1.9715909503065513e3, 1.3314166789178438e2, 3.3871328727963665,
];
const MIDDLE_BELOW = [
  5.226495278852854e3, 2.8729085735721943e4, 3.930789580009271e4, 2.1213794301586597e4, 5.394196021424751e3,
  6.871870074920579e2, 4.231333070160091e1, 1,
];
const TAIL_ABOVE = [
  7.745450142783414e-4, 2.2723844989269184e-2, 2.417807251774506e-1, 1.2704582524523684, 3.6478483247632045,
  5.769497221460691, 4.630337846156546, 1.4234371107496835,
];
const TAIL_BELOW = [
  1.0507500716444169e-9, 5.475938084995345e-4, 1.5198666563616457e-2, 1.4810397642748008e-1,
  6.897673349851e-1, 1.6763848301838038, 2.053191626637759, 1,
];

/**
 * The number that a standard normal one lies below with a probability between 1e-10 and 1 - 1e-10, to about 16 digits: AS 241,
 * PPND16 (Wichura, “The Percentage Points of the Normal Distribution”, 1988), without its farthest tail.
 *
 * It asks nothing of the machine but `+ - * /` and the square root, which ECMAScript defines to the last bit. `Math.log` and
 * `Math.cos` it leaves to the engine: V8 brings a port of fdlibm of its own, so that one build gives one answer whatever the
 * system's library, but nothing promises it from one version to the next, or of compilers that fuse a product and a sum on
 * other processors. That is why there is no Box-Muller here, and a logarithm of our own.
 */
export function normalQuantile(probability: number): number {
  const offset = probability - 0.5;
  if (Math.abs(offset) <= MIDDLE) {
    const r = MIDDLE ** 2 - offset * offset;
    return (offset * polynomial(MIDDLE_ABOVE, r)) / polynomial(MIDDLE_BELOW, r);
  }
  const tail = Math.min(probability, 1 - probability);
  const r = Math.sqrt(-logarithm(tail)) - TAIL_OFFSET;
  return (Math.sign(offset) * polynomial(TAIL_ABOVE, r)) / polynomial(TAIL_BELOW, r);
}

function polynomial(coefficients: readonly number[], x: number): number {
  let sum = 0;
  for (const coefficient of coefficients) sum = sum * x + coefficient;
  return sum;
}

/** Of a number between 0 and 1: powers of two split off, and the series of the inverse hyperbolic tangent for the rest. */
function logarithm(value: number): number {
  let rest = value;
  let halvings = 0;
  for (; rest < Math.SQRT1_2; rest *= 2) halvings++;
  const t = (rest - 1) / (rest + 1);
  let sum = 0;
  for (let power = 23; power > 0; power -= 2) sum = sum * t * t + 1 / power;
  return 2 * t * sum - halvings * Math.LN2;
}
