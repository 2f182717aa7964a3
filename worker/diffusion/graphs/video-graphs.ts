import type { ModelIndex } from '#lib/models/contract/model-index';
import type { Picture, Size } from '#worker/pipelines/raster/size';

/** Latents of a video: float32, channel by channel, then latent frame, row and column. */
export interface LatentShape {
  channels: number;
  frames: number;
  height: number;
  width: number;
}

/** Token ids of a text, padded to the model's length, and 1 where a token is real. */
export interface TextTokens {
  ids: BigInt64Array;
  mask: BigInt64Array;
}

/** What the transformer is shown at one step. */
export interface TransformerInput {
  /** As many channels as the graph takes: with what it is conditioned on, where the model takes that as channels. */
  latents: Float32Array;
  shape: LatentShape;
  /** 0..1000: one value, or one for each token, as the model has it. */
  timestep: Float32Array;
  /** What `encodeText` gave. */
  text: Float32Array;
  /**
   * What `encodeImage` gave, of one picture or of the first and after it the last, for models that look at them with
   * CLIP too.
   */
  image?: Float32Array;
}

/** Told after each run of a VAE graph how many of how many are done; what it throws ends the work. */
export type Watch = (done: number, of: number) => void;

/** Where decoding puts what it cannot keep in memory, and who is told how far it is. */
export interface DecodeOptions {
  /** A folder that is there; the system's for temporary files where none is named. */
  scratchDir?: string;
  watch?: Watch;
}

/**
 * The graphs of one video model, bound by its `model_index.json`. Each graph is opened when it is first asked for,
 * and whoever lends the sessions lets them go between stages where memory asks for it. Opening one throws AppError `model_unfit` where it is not what the index says.
 */
export interface VideoGraphs {
  readonly index: ModelIndex;
  /** [length, width], with the rows of padding set to zero. */
  encodeText(tokens: TextTokens): Promise<Float32Array>;
  /**
   * Noise minus video, of the latents' own channels. The low-noise expert answers where there is one and the timestep
   * is below the boundary.
   */
  velocity(input: TransformerInput): Promise<Float32Array>;
  /**
   * Normalised latents, [channels, frames, height, width], of 4k+1 frames, each planar [3, height, width] in -1..1.
   * One array may stand at several places. Gone through once for each tile.
   */
  encodeFrames(frames: readonly Float32Array[], size: Size, watch?: Watch): Promise<Float32Array>;
  /** CLIP's view of a picture of any size, [tokens, width]. Throws where the model has no image encoder. */
  encodeImage(picture: Picture): Promise<Float32Array>;
  /**
   * The video of normalised latents, frame after frame: what the decoder carries from group to group and the group
   * after the one that is taken are all it holds.
   * In tiles, where a whole picture needs too much memory, and then none is finished before the last tile is begun.
   */
  decode(latents: Float32Array, shape: LatentShape, options?: DecodeOptions): AsyncGenerator<Picture>;
}
