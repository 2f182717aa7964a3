import { floatTensor, type Tensor } from '#worker/engines/onnx/tensors';
import type { Picture } from '#worker/pipelines/raster/size';
import type { GraphSet } from './graph-set.ts';
import type { LatentTile } from './tiles.ts';
import { VaeChain } from './vae-chain.ts';
import type { LatentShape, Watch } from './video-graphs.ts';

/** What is decoded, and with what. */
export interface Decoding {
  set: GraphSet;
  /** Normalised. */
  latents: Float32Array;
  shape: LatentShape;
  /** Where what cannot be kept in memory goes meanwhile. */
  scratchDir: string;
  watch?: Watch;
}

/** A part of every frame, latent frame by latent frame: one picture, then groups of several. */
export async function* decodeTile(decoding: Decoding, tile: LatentTile): AsyncGenerator<Picture[]> {
  const { set, shape } = decoding;
  const { time, space } = set.index.latents.scale;
  const height = (tile.rows.end - tile.rows.start) * space;
  const width = (tile.columns.end - tile.columns.start) * space;
  const chain = new VaeChain(set, 'vae_decoder');
  try {
    for (let frame = 0; frame < shape.frames; frame++) {
      const count = frame === 0 ? 1 : time;
      const planes = await chain.run(cutLatents(decoding, tile, frame), [1, 3, count, height, width]);
      yield Array.from({ length: count }, (_, at) => ({
        width,
        height,
        rgb: toRgb(planes, { at, count, pixels: width * height }),
      }));
    }
  } finally {
    chain.dispose();
  }
}

/** A tile of one latent frame, [1, channels, 1, height, width], as the VAE knows it: with its means and deviations. */
function cutLatents({ set, latents, shape }: Decoding, { rows, columns }: LatentTile, frame: number): Tensor {
  const { mean, std } = set.index.latents;
  const [height, width] = [rows.end - rows.start, columns.end - columns.start];
  const cut = new Float32Array(shape.channels * height * width);
  let to = 0;
  for (let channel = 0; channel < shape.channels; channel++) {
    for (let y = rows.start; y < rows.end; y++) {
      const row = ((channel * shape.frames + frame) * shape.height + y) * shape.width;
      for (let x = columns.start; x < columns.end; x++)
        cut[to++] = latents[row + x]! * std[channel]! + mean[channel]!;
    }
  }
  return floatTensor(cut, [1, shape.channels, 1, height, width]);
}

/** Frame `at` of `count`, of planes [3, count, pixels] in -1..1, interleaved. */
function toRgb(
  planes: Float32Array,
  { at, count, pixels }: { at: number; count: number; pixels: number },
): Uint8Array {
  const rgb = new Uint8ClampedArray(3 * pixels);
  for (let colour = 0; colour < 3; colour++) {
    const plane = (colour * count + at) * pixels;
    for (let i = 0; i < pixels; i++) rgb[i * 3 + colour] = (planes[plane + i]! + 1) * 127.5;
  }
  return new Uint8Array(rgb.buffer);
}
