const TRAINING_STEPS = 1000;
/** So that the logarithm of what is left of the video is finite. */
const BELOW_ONE = 1e-6;

/**
 * Shares of noise of a flow model, falling, with the 0 at the end that the last step reaches. At `sigma` the latents are
 * (1 - sigma) clean + sigma noise. A `shift` above 1 spends more of the steps on much noise, as larger videos need it.
 * UniPC's grid: the first just below 1, and a step's worth above 0 at the last.
 */
export function unipcSigmas(steps: number, shift: number): number[] {
  const least = 1 / TRAINING_STEPS;
  const sigmas = Array.from({ length: steps }, (_, i) => shifted(1 + ((least - 1) * i) / steps, shift));
  if (Math.abs(sigmas[0]! - 1) < BELOW_ONE) sigmas[0]! -= BELOW_ONE;
  return [...sigmas, 0];
}

/** Flow Euler's grid, evenly from 1 to 1/1000 before it is shifted, and 0. */
export function flowEulerSigmas(steps: number, shift: number): number[] {
  const least = 1 / TRAINING_STEPS;
  const stride = (1 - least) / Math.max(steps - 1, 1);
  return [...Array.from({ length: steps }, (_, i) => shifted(1 - i * stride, shift)), 0];
}

/** What the network is told of a share of noise. */
export function flowTimestep(sigma: number): number {
  return TRAINING_STEPS * sigma;
}

function shifted(share: number, shift: number): number {
  return (shift * share) / (1 + (shift - 1) * share);
}
