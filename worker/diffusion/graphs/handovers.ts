import type { GraphName, ModelIndex } from '#lib/models/contract/model-index';

/** Tensors that one graph gives and another takes, by their names in each, in the same order. */
export interface Handover {
  giver: GraphName;
  given: readonly string[];
  taker: GraphName;
  taken: readonly string[];
  /** The first dimension that has to be the same. */
  from: number;
}

/** What goes from graph to graph as it is: the caches of the VAE, and what CLIP sees. */
export function handoversOf({ graphs }: ModelIndex): Handover[] {
  const { vae_encoder_init: encoderInit, vae_encoder_step: encoderStep } = graphs;
  return [
    ...cachesOf('vae_encoder', encoderInit?.outputs.caches ?? [], encoderStep),
    ...cachesOf('vae_decoder', graphs.vae_decoder_init.outputs.caches, graphs.vae_decoder_step),
    ...imageStates(graphs, 'transformer'),
    ...imageStates(graphs, 'transformer_2'),
  ];
}

interface WithCaches {
  inputs: { caches: string[] };
  outputs: { caches: string[] };
}

/** To the first step, and from each to the next. */
function cachesOf(
  vae: 'vae_encoder' | 'vae_decoder',
  ofInit: readonly string[],
  step?: WithCaches,
): Handover[] {
  if (!step) return [];
  const taker = `${vae}_step` as const;
  const taken = step.inputs.caches;
  return [
    { giver: `${vae}_init`, given: ofInit, taker, taken, from: 0 },
    { giver: taker, given: step.outputs.caches, taker, taken, from: 0 },
  ];
}

function imageStates(graphs: ModelIndex['graphs'], taker: 'transformer' | 'transformer_2'): Handover[] {
  const given = graphs.image_encoder?.outputs.states;
  const taken = graphs[taker]?.inputs.image;
  if (!given || !taken) return [];
  // Of how many pictures the transformer takes states is its own affair.
  return [{ giver: 'image_encoder', given: [given], taker, taken: [taken], from: 1 }];
}
