import type { GraphName, ModelIndex } from '#lib/models/contract/model-index';

/**
 * A dimension that a graph has to have: a number, one of several, any at all (null), or, under its name, one that only
 * the run decides.
 */
export type ExpectedDimension = number | readonly number[] | null | string;

/** A tensor that a graph has to have. */
export interface ExpectedTensor {
  name: string;
  type: 'float32' | 'int64';
  /** Null where any shape will do. */
  dims: readonly ExpectedDimension[] | null;
}

/** All that a graph takes, and what of it is made use of. */
export interface ExpectedGraph {
  inputs: ExpectedTensor[];
  outputs: ExpectedTensor[];
}

/** Width and height of the pictures that CLIP's ViT-H/14 looks at. */
export const CLIP_SIDE = 224;

const LATENT_AREA = ['latent_height', 'latent_width'] as const;
const FRAME_AREA = ['height', 'width'] as const;

/** What the index of a model says of one of its graphs, in full. The shapes are those of docs/graph-contract.md. */
export function expectedTensors(index: ModelIndex, graph: GraphName): ExpectedGraph {
  return EXPECTED[graph](index);
}

const EXPECTED: Readonly<Record<GraphName, (index: ModelIndex) => ExpectedGraph>> = {
  text_encoder: ({ graphs, tokenizer: { length }, text: { width } }) => {
    const { inputs, outputs } = graphs.text_encoder;
    return {
      inputs: [integers(inputs.ids, [1, length]), integers(inputs.mask, [1, length])],
      outputs: [floats(outputs.states, [1, length, width])],
    };
  },
  transformer: (index) => transformer(index, index.graphs.transformer),
  transformer_2: (index) => transformer(index, index.graphs.transformer_2!),
  image_encoder: ({ graphs }) => {
    const { inputs, outputs } = graphs.image_encoder!;
    return {
      inputs: [floats(inputs.pixels, [1, 3, CLIP_SIDE, CLIP_SIDE])],
      outputs: [floats(outputs.states, [1, null, null])],
    };
  },
  vae_encoder_init: ({ graphs, latents }) => {
    const { inputs, outputs } = graphs.vae_encoder_init!;
    return {
      inputs: [floats(inputs.frames, [1, 3, 1, ...FRAME_AREA])],
      outputs: [moments(outputs.latents, latents), ...caches(outputs.caches ?? [])],
    };
  },
  vae_encoder_step: ({ graphs, latents }) => {
    const { inputs, outputs } = graphs.vae_encoder_step!;
    return {
      inputs: [floats(inputs.frames, [1, 3, latents.scale.time, ...FRAME_AREA]), ...caches(inputs.caches)],
      outputs: [moments(outputs.latents, latents), ...caches(outputs.caches)],
    };
  },
  vae_decoder_init: ({ graphs, latents }) => {
    const { inputs, outputs } = graphs.vae_decoder_init;
    return {
      inputs: [floats(inputs.latents, [1, latents.channels, 1, ...LATENT_AREA])],
      outputs: [floats(outputs.frames, [1, 3, 1, ...FRAME_AREA]), ...caches(outputs.caches)],
    };
  },
  vae_decoder_step: ({ graphs, latents }) => {
    const { inputs, outputs } = graphs.vae_decoder_step;
    const area = [1, latents.channels, 1, ...LATENT_AREA];
    return {
      inputs: [floats(inputs.latents, area), ...caches(inputs.caches)],
      outputs: [floats(outputs.frames, [1, 3, latents.scale.time, ...FRAME_AREA]), ...caches(outputs.caches)],
    };
  },
};

function transformer(
  index: ModelIndex,
  { inputs, outputs }: ModelIndex['graphs']['transformer'],
): ExpectedGraph {
  const { latents, tokenizer, text, timestep } = index;
  const volume = ['latent_frames', ...LATENT_AREA];
  const image = inputs.image ? [floats(inputs.image, [null, null, null])] : [];
  return {
    inputs: [
      floats(inputs.latents, [1, channelsTaken(index), ...volume]),
      floats(inputs.timestep, timestep === 'scalar' ? [1] : [1, 'tokens']),
      floats(inputs.text, [1, tokenizer.length, text.width]),
      ...image,
    ],
    outputs: [floats(outputs.velocity, [1, latents.channels, ...volume])],
  };
}

/**
 * How many channels the transformer takes: the latents', and those of mask and picture where it takes these as
 * channels.
 */
function channelsTaken({ latents: { channels, scale }, conditioning }: ModelIndex): number {
  return conditioning.kind === 'mask-concat' ? channels + scale.time + channels : channels;
}

/** Means, and perhaps logarithms of variances after them. */
function moments(name: string, { channels }: ModelIndex['latents']): ExpectedTensor {
  return floats(name, [1, [channels, 2 * channels], 1, ...LATENT_AREA]);
}

function caches(names: readonly string[]): ExpectedTensor[] {
  return names.map((name) => ({ name, type: 'float32', dims: null }));
}

function floats(name: string, dims: ExpectedTensor['dims']): ExpectedTensor {
  return { name, type: 'float32', dims };
}

function integers(name: string, dims: ExpectedTensor['dims']): ExpectedTensor {
  return { name, type: 'int64', dims };
}
