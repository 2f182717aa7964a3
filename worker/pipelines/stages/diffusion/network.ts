import type { ModelIndex } from '#lib/models/contract/model-index';
import { openVideoGraphs } from '#worker/diffusion/graphs/open-video-graphs';
import type { LatentShape, VideoGraphs } from '#worker/diffusion/graphs/video-graphs';
import { guide } from '#worker/diffusion/guidance';
import type { StageContext } from '#worker/pipelines/run';
import { readFloats } from '../float-file.ts';
import { modelFor } from '../model.ts';
import { CONDITION_FILE, IMAGE_FILE } from './condition.ts';
import { type Conditioning, conditionLength, conditioningOf } from './conditioning.ts';
import { type GenerationRequest, isGuided, latentShape, requestOf } from './request.ts';
import { NEGATIVE_FILE, PROMPT_FILE } from './text.ts';

/** A model's transformer, and all that a job tells it beside the latents. */
export interface Network {
  graphs: VideoGraphs;
  shape: LatentShape;
  conditioning: Conditioning;
  /** What `encodeText` gave. `negative` is null where the network is asked once at each step. */
  prompt: Float32Array;
  negative: Float32Array | null;
  /** What CLIP sees in the pictures, for a model that looks at that. */
  image: Float32Array | undefined;
  guidanceAt(timestep: number): number;
}

/** With what the stages before have written. */
export async function openNetwork(context: StageContext): Promise<Network> {
  const { sessions, inputs, fileOf } = context;
  const request = requestOf(context);
  const graphs = await openVideoGraphs(sessions, modelFor(context, 'video'));
  const { index } = graphs;
  const shape = latentShape(index, request);
  const textLength = index.tokenizer.length * index.text.width;
  const text = (name: string) => readFloats(fileOf('text', name), textLength);
  const condition = inputs['image']
    ? await readFloats(fileOf('condition', CONDITION_FILE), conditionLength(index, shape))
    : null;
  return {
    graphs,
    shape,
    conditioning: conditioningOf(index, shape, condition),
    prompt: await text(PROMPT_FILE),
    negative: isGuided(request) ? await text(NEGATIVE_FILE) : null,
    image: index.graphs.image_encoder && (await readFloats(fileOf('condition', IMAGE_FILE))),
    guidanceAt: (timestep) => guidanceAt(index, request, timestep),
  };
}

/**
 * Noise minus video, as the network has it with the prompt, moved on from what it has with the negative one.
 * @param between called between two runs of the network; may throw
 */
export async function velocityAt(
  { graphs, shape, conditioning, prompt, negative, image, guidanceAt: scaleAt }: Network,
  latents: Float32Array,
  timestep: number,
  between: () => void,
): Promise<Float32Array> {
  const shown = { ...conditioning.show(latents, timestep), shape, ...(image && { image }) };
  const conditional = await graphs.velocity({ ...shown, text: prompt });
  if (!negative) return conditional;
  between();
  const unconditional = await graphs.velocity({ ...shown, text: negative });
  return guide(conditional, unconditional, scaleAt(timestep));
}

/** The expert for little noise has a usual guidance of its own; who asks for another than the usual means both. */
function guidanceAt(
  { guidance, schedule: { boundary = 0 } }: ModelIndex,
  request: GenerationRequest,
  timestep: number,
): number {
  const isUsual = request.guidance === guidance.default;
  return isUsual && timestep < boundary * 1000 ? (guidance.low_noise ?? request.guidance) : request.guidance;
}
