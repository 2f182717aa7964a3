import type { ModelIndex } from '#lib/models/contract/model-index';
import type { LatentShape } from '#worker/diffusion/graphs/video-graphs';
import type { StageContext } from '#worker/pipelines/run';
import type { FilmSpec } from '../video/film.ts';

/** What the parameters of a job hold that makes a video out of noise: the review of its request settled all of them. */
export interface GenerationRequest {
  prompt?: string;
  negative_prompt?: string;
  width: number;
  height: number;
  frames: number;
  steps: number;
  guidance: number;
  scheduler: ModelIndex['schedule']['scheduler'];
  fps: number;
  seed: number;
  extra_format: FilmSpec['extraFormat'];
}

export function requestOf({ params }: Pick<StageContext, 'params'>): GenerationRequest {
  return params as unknown as GenerationRequest;
}

/** Whether the network is asked twice at each step, with the prompt and with the negative one. */
export function isGuided({ guidance }: GenerationRequest): boolean {
  return guidance > 1;
}

/** Of the latents of the video that is asked for. */
export function latentShape(
  { latents: { channels, scale } }: ModelIndex,
  { frames, width, height }: GenerationRequest,
): LatentShape {
  return {
    channels,
    frames: (frames - 1) / scale.time + 1,
    height: height / scale.space,
    width: width / scale.space,
  };
}

/** How many values latents of this shape have. */
export function valuesOf({ channels, frames, height, width }: LatentShape): number {
  return channels * frames * height * width;
}
