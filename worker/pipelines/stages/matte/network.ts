import { IMAGENET, type Normalisation } from '#worker/engines/onnx/tensors';
import type { Size } from '#worker/pipelines/raster/size';

/** How one matting network wants its picture. Both give how much of each pixel is subject, 0..1. */
export interface MatteNetwork {
  /** The size it works at, for a photo of this one. */
  inputFor(photo: Size): Size;
  /** `brightest`: the largest 8-bit value in the picture. */
  normalisation(brightest: number): Normalisation;
}

const NETWORKS: Readonly<Record<string, MatteNetwork>> = {
  // Qin et al., "U²-Net", 2020: whatever stands out.
  u2netp: {
    inputFor: () => ({ width: 320, height: 320 }),
    normalisation: (brightest) => ({ scale: 1 / Math.max(1, brightest), ...IMAGENET }),
  },
  // Ke et al., "MODNet", 2022: people, hair by hair.
  modnet: {
    inputFor: (photo) => multiplesOf32(photo, { shortSide: 512, longSide: 1024 }),
    normalisation: () => ({ scale: 2 / 255, mean: [1, 1, 1] }),
  },
};

/** The network behind a catalogue model of the task `matte`. */
export function matteNetwork(modelId: string): MatteNetwork {
  const network = NETWORKS[modelId];
  if (!network) throw new Error(`No matting network is wired up for the model ${modelId}`);
  return network;
}

/** A size of about the photo's shape, whose sides its five halvings go into. */
function multiplesOf32({ width, height }: Size, most: { shortSide: number; longSide: number }): Size {
  const scale = Math.min(most.shortSide / Math.min(width, height), most.longSide / Math.max(width, height));
  const fitted = (side: number) => Math.max(32, Math.round((side * scale) / 32) * 32);
  return { width: fitted(width), height: fitted(height) };
}
