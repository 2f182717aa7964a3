import type { ModelIndex } from '#lib/models/contract/model-index';
import { tokenTimesteps, withFirstFrame } from '#worker/diffusion/conditioning/first-frame-timestep';
import { concatChannels, maskedCondition } from '#worker/diffusion/conditioning/mask-concat';
import type { LatentShape, TransformerInput } from '#worker/diffusion/graphs/video-graphs';
import { valuesOf } from './request.ts';

/** How the transformer is told of the pictures that the video begins and ends with. */
export interface Conditioning {
  /** What it is shown of the latents, and at which timesteps. */
  show(latents: Float32Array, timestep: number): Pick<TransformerInput, 'latents' | 'timestep'>;
  /** The latents to decode in the end, with what was given in its place. */
  settle(latents: Float32Array): Float32Array;
}

/** How many values the stage before has written, for latents of this shape. */
export function conditionLength({ conditioning, latents }: ModelIndex, shape: LatentShape): number {
  return conditioning.kind === 'mask-concat'
    ? valuesOf({ ...shape, channels: latents.scale.time + shape.channels })
    : valuesOf({ ...shape, frames: 1 });
}

/** @param condition what the stage before has written; null where there is no picture */
export function conditioningOf(
  index: ModelIndex,
  shape: LatentShape,
  condition: Float32Array | null,
): Conditioning {
  const { kind } = index.conditioning;
  if (kind === 'mask-concat') return byChannels(index, shape, condition);
  if (kind === 'first-frame-timestep' && condition) return byFirstFrame(index, shape, condition);
  return {
    show: (latents, timestep) => ({ latents, timestep: timestepsOf(index, shape, timestep) }),
    settle: (latents) => latents,
  };
}

function byChannels(index: ModelIndex, shape: LatentShape, condition: Float32Array | null): Conditioning {
  const { time } = index.latents.scale;
  const beside = condition ?? maskedCondition(shape, { first: false, last: false }, null, time);
  return {
    show: (latents, timestep) => ({
      latents: concatChannels(latents, beside),
      timestep: timestepsOf(index, shape, timestep),
    }),
    settle: (latents) => latents,
  };
}

function byFirstFrame(index: ModelIndex, shape: LatentShape, first: Float32Array): Conditioning {
  const settle = (latents: Float32Array) => withFirstFrame(latents, first, shape);
  return {
    show: (latents, timestep) => ({
      latents: settle(latents),
      timestep: tokenTimesteps(timestep, shape, index.patch, true),
    }),
    settle,
  };
}

function timestepsOf({ timestep: kind, patch }: ModelIndex, shape: LatentShape, value: number): Float32Array {
  return kind === 'scalar' ? Float32Array.of(value) : tokenTimesteps(value, shape, patch, false);
}
