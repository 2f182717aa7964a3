/** What a later process needs to go on where a sampler was left: numbers JSON can hold, and arrays as large as the latents. */
export interface SamplerHistory {
  scalars: Record<string, number>;
  tensors: Record<string, Float32Array>;
}

/**
 * The way from noise to latents, one network run at a time: pure arithmetic on float32 arrays of any shape, coefficients
 * in float64. Steps `k` are taken in order, from `start` until `timesteps.length`.
 */
export interface Sampler {
  /** What the network is told at each step, 0..1000, falling. */
  readonly timesteps: readonly number[];
  /** The first step that is taken: 0, or later where a given picture is kept in part. `timesteps.length` where nothing is to do. */
  readonly start: number;
  /** What standard normal noise is multiplied with where nothing but noise is begun from. */
  readonly initialScale: number;
  /** What the network is shown of the latents at step `k`. */
  modelInput(latents: Float32Array, k: number): Float32Array;
  /**
   * The latents after step `k`, a new array. `output` is what the network said: a velocity of flow models, the noise of
   * the others. `noise` is asked for standard normal values by those that add new noise at each step, and by no others.
   */
  step(latents: Float32Array, output: Float32Array, k: number, noise: () => Float32Array): Float32Array;
  /** Clean latents as they look at the beginning of step `k`, for a run that begins there (img2img). */
  addNoise(clean: Float32Array, noise: Float32Array, k: number): Float32Array;
  /** What `restore` takes back; arrays are lent, not copied. */
  history(): SamplerHistory;
  restore(history: SamplerHistory): void;
}
