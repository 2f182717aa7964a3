export const TRAINING_STEPS = 1000;
const FIRST_BETA = 0.00085;
const LAST_BETA = 0.012;

const kept = accumulate();

/**
 * The share of a picture's variance that is left at a training step 0..999 of Stable Diffusion, where the latents are
 * sqrt(share) clean + sqrt(1 - share) noise: the running product of 1 - beta, with betas whose square roots are evenly
 * spaced. Before the first step it is that of the first.
 */
export function keptAt(timestep: number): number {
  return kept[Math.max(timestep, 0)]!;
}

/** The same step as noise beside a clean picture of its full size: latents are clean + sigma noise. 14.6 at the last. */
export function sigmaAt(timestep: number): number {
  const share = keptAt(timestep);
  return Math.sqrt((1 - share) / share);
}

function accumulate(): Float64Array {
  const products = new Float64Array(TRAINING_STEPS);
  const stride = (Math.sqrt(LAST_BETA) - Math.sqrt(FIRST_BETA)) / (TRAINING_STEPS - 1);
  let product = 1;
  for (let i = 0; i < TRAINING_STEPS; i++) {
    product *= 1 - (Math.sqrt(FIRST_BETA) + stride * i) ** 2;
    products[i] = product;
  }
  return products;
}
