import type { Model } from '#lib/models/model';
import {
  ENCODER_STREAM,
  gaussianNoise,
  INITIAL_STREAM,
  streamAfter,
} from '#worker/diffusion/noise/gaussian-noise';
import { type Planes, planesOf } from '#worker/diffusion/planes';
import type { Sampler } from '#worker/diffusion/samplers/sampler';
import { latentPicture } from '#worker/diffusion/stable-diffusion/latent-picture';
import { LATENT_CHANNELS, LATENT_SCALE } from '#worker/diffusion/stable-diffusion/latents';
import { promptReader } from '#worker/diffusion/stable-diffusion/read-prompt';
import { encodeText } from '#worker/diffusion/stable-diffusion/text-encoder';
import { type Direction, openUnet, type Unet } from '#worker/diffusion/stable-diffusion/unet';
import { encodePicture } from '#worker/diffusion/stable-diffusion/vae';
import type { Picture, Size } from '#worker/pipelines/raster/size';
import type { StageContext } from '#worker/pipelines/run';
import { type Course, takeUp, walk } from '../diffusion/course.ts';
import type { PromptBrief } from './brief.ts';

/** What is to be done to a photo, and with what. */
export interface Repainting {
  model: Model;
  brief: PromptBrief;
  sampler: Sampler;
  /** Of the size it is painted at. */
  photo: Picture;
  /** Told how much is done, of `PREPARATIONS` and the steps that are taken; may throw to stop. */
  onStep: (done: number) => void;
}

/** Reading the prompt, and the photo. */
export const PREPARATIONS = 2;

/** Of latents that were not even begun with. */
const NOTHING = -1;

/**
 * The latents of a photo painted anew: noised as far as its strength says, and freed of noise again after the prompt. What
 * an earlier attempt saved is gone on with, to the same end. One network is in memory at a time.
 */
export async function repaintLatents(context: StageContext, repainting: Repainting): Promise<Planes> {
  const { model, sampler, photo, onStep } = repainting;
  const { checkpoint, sessions } = context;
  const size = latentSize(photo);
  const blank = new Float32Array(LATENT_CHANNELS * size.width * size.height);
  onStep(0);
  const found = await takeUp(checkpoint, { modelId: model.id, done: NOTHING, latents: blank, sampler });
  if (found.done === sampler.timesteps.length) return { ...size, data: found.latents };
  const texts = await readTexts(context, repainting);
  onStep(1);
  const course = found.done === NOTHING ? await noised(context, repainting) : found;
  const unet = openUnet(await sessions.open(model.id, 'unet'));
  if (unet.isGuided && repainting.brief.negativePrompt !== undefined) {
    context.warn(`${model.title} makes no use of negative_prompt; yours changed nothing.`);
  }
  const means = { course, unet, direction: directionOf(unet, repainting, texts) };
  // The end is saved too: its tiles are still to be decoded.
  await walk(checkpoint, course, { savesEnd: true, takeStep: () => takeStep(context, repainting, means) });
  await sessions.release();
  return { ...size, data: course.latents };
}

/** Of the latents of a picture. */
export function latentSize({ width, height }: Size): Size {
  return { width: width / LATENT_SCALE, height: height / LATENT_SCALE };
}

type Texts = Pick<Direction, 'prompt'> & { negative: Direction['prompt'] };

/** The prompt and what to keep away from, as the UNet takes them. */
async function readTexts({ sessions }: StageContext, { model, brief }: Repainting): Promise<Texts> {
  const read = await promptReader(sessions.weightsDir, model);
  const encoder = await sessions.open(model.id, 'text_encoder');
  const prompt = await encodeText(encoder, read(brief.prompt));
  const negative = await encodeText(encoder, read(brief.negativePrompt));
  await sessions.release();
  return { prompt, negative };
}

/** The photo's own latents, under as much noise as there is at the first step that is taken. */
async function noised(
  { sessions }: StageContext,
  { model, brief: { seed }, sampler, photo }: Repainting,
): Promise<Course> {
  const { width, height } = latentSize(photo);
  const length = LATENT_CHANNELS * width * height;
  const encoder = await sessions.open(model.id, 'vae_encoder');
  const drawn = () => gaussianNoise(seed, ENCODER_STREAM, length);
  const { data } = await encodePicture(encoder, planesOf(photo.rgb, photo), drawn);
  await sessions.release();
  const noise = gaussianNoise(seed, INITIAL_STREAM, length);
  const latents = sampler.addNoise(data, noise, sampler.start);
  return { modelId: model.id, done: sampler.start, latents, sampler };
}

/** Without guidance, and with a network that has it built in, the negative prompt is not asked about. */
function directionOf(
  unet: Unet,
  { brief: { guidance } }: Repainting,
  { prompt, negative }: Texts,
): Direction {
  return { prompt, negative: unet.isGuided || guidance === 1 ? null : negative, guidance };
}

/** What the steps are taken with. */
interface Means {
  course: Course;
  unet: Unet;
  direction: Direction;
}

/** One more step of the course. */
async function takeStep(
  context: StageContext,
  { sampler, photo, brief: { seed }, onStep }: Repainting,
  { course, unet, direction }: Means,
): Promise<void> {
  const { done: k, latents } = course;
  onStep(PREPARATIONS + k - sampler.start);
  const seen = { ...latentSize(photo), data: sampler.modelInput(latents, k) };
  context.preview(latentPicture(seen));
  const noise = await unet.noiseIn(seen, sampler.timesteps[k]!, direction);
  const fresh = () => gaussianNoise(seed, streamAfter(k), latents.length);
  course.latents = sampler.step(latents, noise, k, fresh);
  course.done = k + 1;
}
