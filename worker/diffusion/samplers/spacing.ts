import { TRAINING_STEPS } from './scaled-linear.ts';

/** Which of the training steps are taken: counted from the least noise, or from the most. */
export type Spacing = 'leading' | 'trailing';

const LCM_GRID = 50;

/** Timesteps, falling. `leading` ends at 1 and hardly ever begins with pure noise; `trailing` begins at 999. */
export function spaced(spacing: Spacing, steps: number): number[] {
  const stride = strideOf(steps);
  return Array.from({ length: steps }, (_, k) =>
    spacing === 'leading'
      ? (steps - 1 - k) * stride + 1
      : roundToEven(TRAINING_STEPS - (k * TRAINING_STEPS) / steps) - 1,
  );
}

/** Training steps from one timestep to the next. */
export function strideOf(steps: number): number {
  return Math.floor(TRAINING_STEPS / steps);
}

/**
 * Timesteps of a latent consistency model: evenly out of the 50 it was distilled at, with `strength` out of the first of
 * them alone. No more of them than there are.
 */
export function lcmSpaced(steps: number, strength: number): number[] {
  const length = Math.min(Math.floor(LCM_GRID * strength), LCM_GRID);
  const taken = Math.min(steps, length);
  const stride = TRAINING_STEPS / LCM_GRID;
  return Array.from({ length: taken }, (_, i) => stride * (length - Math.floor((i * length) / taken)) - 1);
}

/** Halves go to the even neighbour, as NumPy has it, in whose grids the models were trained. */
function roundToEven(value: number): number {
  const rounded = Math.round(value);
  return rounded - value === 0.5 && rounded % 2 === 1 ? rounded - 1 : rounded;
}
