import { combine } from './samplers/combine.ts';

/**
 * Classifier-free guidance (Ho & Salimans, 2022): what the network says with the prompt, moved on from what it says
 * without. `scale` 1 is the first alone, 0 the second; above 1 the prompt counts for more than it was trained to.
 */
export function guide(conditional: Float32Array, unconditional: Float32Array, scale: number): Float32Array {
  return combine([scale, conditional], [1 - scale, unconditional]);
}
