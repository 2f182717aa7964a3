import { AppError } from '#lib/core/errors';
import type { ModelIndex } from '#lib/models/contract/model-index';
import { floatTensor, type Tensor } from '#worker/engines/onnx/tensors';
import type { GraphSet } from './graph-set.ts';
import { runGraph, takeFloats, type Tensors } from './run-graph.ts';
import type { LatentShape, TransformerInput } from './video-graphs.ts';

type Expert = 'transformer' | 'transformer_2';

/**
 * Noise minus video. Of two experts only the one that answers stays open: each fills a large machine, and steps go
 * through the noise levels once, so that none is opened twice in a run.
 */
export async function velocity(set: GraphSet, input: TransformerInput): Promise<Float32Array> {
  const { graphs, latents } = set.index;
  const expert = expertFor(set.index, input.timestep);
  await set.close(expert === 'transformer' ? 'transformer_2' : 'transformer');
  const { outputs } = graphs[expert]!;
  const results = await runGraph(set, expert, await feedsOf(set, expert, input), [outputs.velocity]);
  const { frames, height, width } = input.shape;
  const dims = [1, latents.channels, frames, height, width];
  return takeFloats(set, expert, [outputs.velocity, results[outputs.velocity]!], dims);
}

/** Tokens of a given picture have a timestep of 0 whatever the others': the highest is the noise's. */
function expertFor({ schedule: { boundary } }: ModelIndex, timestep: Float32Array): Expert {
  const noisiest = timestep.reduce((most, value) => Math.max(most, value), 0);
  return boundary === undefined || noisiest >= boundary * 1000 ? 'transformer' : 'transformer_2';
}

async function feedsOf(set: GraphSet, expert: Expert, input: TransformerInput): Promise<Tensors> {
  const { graphs, tokenizer, text, timestep } = set.index;
  const { inputs } = graphs[expert]!;
  const tokens = input.timestep.length;
  const feeds = {
    [inputs.latents]: floatTensor(input.latents, latentDims(input.latents, input.shape)),
    [inputs.timestep]: floatTensor(input.timestep, timestep === 'scalar' ? [tokens] : [1, tokens]),
    [inputs.text]: floatTensor(input.text, [1, tokenizer.length, text.width]),
  };
  if (!inputs.image) return feeds;
  return { ...feeds, [inputs.image]: await imageTensor(set, expert, input.image ?? new Float32Array(0)) };
}

function latentDims({ length }: Float32Array, { frames, height, width }: LatentShape): number[] {
  return [1, length / (frames * height * width), frames, height, width];
}

/** [pictures, tokens, width]: how much one picture has, the graph says, and perhaps how many it takes. */
async function imageTensor(set: GraphSet, expert: Expert, states: Float32Array): Promise<Tensor> {
  const name = set.index.graphs[expert]!.inputs.image;
  const { inputMetadata } = await set.open(expert);
  const found = inputMetadata.find((input) => input.name === name);
  const [pictures, tokens, width] = found?.isTensor ? found.shape : [];
  if (typeof tokens !== 'number' || typeof width !== 'number') {
    throw set.unfit([
      `${expert}: “${name}” leaves open how many tokens a picture has, and how wide they are`,
    ]);
  }
  const given = states.length / (tokens * width);
  const wanted = typeof pictures === 'number' ? pictures : Math.max(1, given);
  if (given === wanted) return floatTensor(states, [given, tokens, width]);
  const message = `${set.index.title} looks at ${wanted} of the first and the last picture; it was given ${given}.`;
  throw new AppError('validation_failed', message);
}
