/**
 * The step that a run over a given picture begins at: of `steps`, the last `strength` (0..1) are taken. All of them at 1,
 * and none at 0, where this is `steps` itself.
 */
export function firstStep(steps: number, strength: number): number {
  return steps - Math.min(Math.floor(steps * strength), steps);
}
