/** How many times as large a picture becomes. */
export type Factor = 2 | 4;

/**
 * How one super-resolution model is run. Every one of them doubles the size; four times is two passes. (The authors of
 * ESRGAN medium have a network for x4 too: it draws a grid of 4x4 pixels along edges, and lies below two passes of the
 * other on every photo tried.)
 */
export interface UpscaleNetwork {
  /** What the network takes and gives for white; black is 0. */
  white: number;
  /** How much of its result is taken in the first pass and in the second, 0..1; the rest is bicubic. */
  detail: readonly [number, number];
}

const NETWORKS: Readonly<Record<string, UpscaleNetwork>> = {
  // Zhang et al., "Residual Dense Network for Image Super-Resolution", 2018. The samples that the package brings come
  // out of it bit for bit with values up to 255.
  'esrgan-medium': { white: 255, detail: [1, 1] },
  // Wang et al., "Real-ESRGAN", 2021. It makes up more than it finds, the second time above all: whole, it lies up to
  // 1.3 dB (x2) and 2.4 dB (x4) below bicubic on photos. Thinned by the image interpolation of Wang et al., "ESRGAN",
  // 2018, 3.4, it lies above on most and never a whole dB below, and is still the sharpest.
  'real-esrgan-x2': { white: 1, detail: [0.7, 0.5] },
};

/** The network behind a catalogue model of the task `super-resolution`. */
export function upscaleNetwork(modelId: string): UpscaleNetwork {
  const network = NETWORKS[modelId];
  if (!network) throw new Error(`No super-resolution network is wired up for the model ${modelId}`);
  return network;
}
