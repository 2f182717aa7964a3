import type { ModelIndex } from '#lib/models/contract/model-index';
import type { Tensor } from '#worker/engines/onnx/tensors';
import type { GraphSet } from './graph-set.ts';
import { type Extent, runGraph, takeFloats } from './run-graph.ts';

/** What one of the VAE's graphs calls what goes through it. */
interface Binding {
  input: string;
  output: string;
  cachesTaken: readonly string[];
  cachesLeft: readonly string[];
}

/**
 * The causal VAE along one video: the first run is that of the init graph, each other one a step that takes what the
 * run before it left. That is all that is kept. DIFFUSION.md A7.
 */
export class VaeChain {
  readonly #set: GraphSet;
  readonly #vae: 'vae_encoder' | 'vae_decoder';
  #caches: Tensor[] | null = null;

  constructor(set: GraphSet, vae: 'vae_encoder' | 'vae_decoder') {
    this.#set = set;
    this.#vae = vae;
  }

  /** The next run; gives its output, which has to be of shape `dims`. */
  async run(input: Tensor, dims: readonly Extent[]): Promise<Float32Array> {
    const graph = `${this.#vae}_${this.#caches ? 'step' : 'init'}` as const;
    const binding = bindingOf(this.#set.index, graph);
    const taken = this.#caches ?? [];
    const feeds = { [binding.input]: input };
    binding.cachesTaken.forEach((name, at) => (feeds[name] = taken[at]!));
    const results = await runGraph(this.#set, graph, feeds, [binding.output, ...binding.cachesLeft]);
    this.dispose();
    this.#caches = binding.cachesLeft.map((name) => results[name]!);
    return takeFloats(this.#set, graph, [binding.output, results[binding.output]!], dims);
  }

  /** Let go of what the last run left. */
  dispose(): void {
    for (const cache of this.#caches ?? []) cache.dispose();
    this.#caches = null;
  }
}

type VaeGraph = `vae_${'encoder' | 'decoder'}_${'init' | 'step'}`;

function bindingOf({ graphs }: ModelIndex, graph: VaeGraph): Binding {
  switch (graph) {
    case 'vae_encoder_init': {
      const { inputs, outputs } = graphs.vae_encoder_init!;
      const left = graphs.vae_encoder_step ? outputs.caches : [];
      return { input: inputs.frames, output: outputs.latents, cachesTaken: [], cachesLeft: left ?? [] };
    }
    case 'vae_encoder_step': {
      const { inputs, outputs } = graphs.vae_encoder_step!;
      const { frames: input, caches } = inputs;
      return { input, output: outputs.latents, cachesTaken: caches, cachesLeft: outputs.caches };
    }
    case 'vae_decoder_init': {
      const { inputs, outputs } = graphs.vae_decoder_init;
      return { input: inputs.latents, output: outputs.frames, cachesTaken: [], cachesLeft: outputs.caches };
    }
    case 'vae_decoder_step': {
      const { inputs, outputs } = graphs.vae_decoder_step;
      const { latents: input, caches } = inputs;
      return { input, output: outputs.frames, cachesTaken: caches, cachesLeft: outputs.caches };
    }
  }
}
