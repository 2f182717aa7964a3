import { normalQuantile } from './normal-quantile.ts';
import { philox } from './philox.ts';

/*
 * The streams of a seed: 0 for the latents a run begins with (or what is added to given ones), k + 1 for the new noise after
 * step k, and the last for what an encoder draws from the distribution it gives.
 */
export const INITIAL_STREAM = 0;
export const ENCODER_STREAM = 0xffffffff;

/** New noise after step `k`. */
export function streamAfter(k: number): number {
  return k + 1;
}

/**
 * `length` standard normal values, float32, each a function of the seed, the stream (both unsigned, 32 bits) and its index
 * alone: value 4b + i comes of word i of Philox4x32-10 with key [seed, 0] and counter [b, 0, stream, 0], as the number
 * that a normal one lies below with probability (word + 1/2) / 2^32. None is further out than 6.34. The same bits on
 * every machine: see `normalQuantile`.
 */
export function gaussianNoise(seed: number, stream: number, length: number): Float32Array {
  const values = new Float32Array(length);
  for (let block = 0; block * 4 < length; block++) {
    const words = philox([block, 0, stream, 0], [seed, 0]);
    for (let i = 0; i < 4 && block * 4 + i < length; i++) {
      values[block * 4 + i] = normalQuantile((words[i]! + 0.5) / 0x100000000);
    }
  }
  return values;
}
