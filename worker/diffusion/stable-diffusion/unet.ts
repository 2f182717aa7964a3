import type { Session } from '#worker/engines/onnx/sessions';
import { guide } from '../guidance.ts';
import { bind } from './binding.ts';
import { guidanceEmbedding } from './guidance-embedding.ts';
import type { Planes } from '../planes.ts';
import { LATENT_CHANNELS } from './latents.ts';
import type { TextStates } from './text-encoder.ts';

/** Values that guidance is embedded in, where the graph leaves that open. */
const USUAL_EMBEDDING = 256;

/** What is painted after, and how closely. */
export interface Direction {
  prompt: TextStates;
  /** What to keep away from; null where guidance is not by difference. */
  negative: TextStates | null;
  guidance: number;
}

export interface Unet {
  /** Whether it is told of guidance, having been distilled from a network with it: no second run, and no negative prompt. */
  readonly isGuided: boolean;
  /** The noise in latents at a timestep (0..999), as the direction has it. */
  noiseIn(latents: Planes, timestep: number, direction: Direction): Promise<Float32Array>;
}

/** Throws AppError `model_unfit`. */
export function openUnet(session: Session): Unet {
  const network = bind(session, 'UNet', {
    inputs: ['sample', 'timestep', 'encoder_hidden_states'],
    optional: ['timestep_cond'],
    output: ['out_sample'],
  });
  // A single number in newer exports, a list of one in older ones.
  const timestepDims = network.input('timestep')!.shape.map(() => 1);
  const condition = network.input('timestep_cond');
  const declared = condition?.shape.at(-1);
  const width = typeof declared === 'number' && declared > 0 ? declared : USUAL_EMBEDDING;
  const run = async (
    { width: across, height, data }: Planes,
    timestep: number,
    text: TextStates,
    guidance: number,
  ) => {
    const { values } = await network.run({
      sample: { values: data, dims: [1, LATENT_CHANNELS, height, across] },
      timestep: { values: [timestep], dims: timestepDims },
      encoder_hidden_states: text,
      ...(condition && {
        timestep_cond: { values: guidanceEmbedding(guidance, width), dims: [1, width] },
      }),
    });
    return values;
  };
  return {
    isGuided: condition !== undefined,
    async noiseIn(latents, timestep, { prompt, negative, guidance }) {
      const conditional = await run(latents, timestep, prompt, guidance);
      if (negative === null) return conditional;
      return guide(conditional, await run(latents, timestep, negative, guidance), guidance);
    },
  };
}
