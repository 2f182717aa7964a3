import type { PictureGeneration } from '#lib/models/generation';
import type { Model } from '#lib/models/model';
import { createSampler, type SamplerName } from '#worker/diffusion/samplers/create-sampler';
import type { Sampler } from '#worker/diffusion/samplers/sampler';
import { workingSize } from '#worker/diffusion/stable-diffusion/working-size';
import type { Picture, Size } from '#worker/pipelines/raster/size';
import type { StageContext, WrittenFile } from '#worker/pipelines/run';
import { shrinkPhoto } from '../photo.ts';
import { briefOf, type PromptBrief } from './brief.ts';
import { decodeTiles, tilesOf } from './decode-tiles.ts';
import { latentSize, PREPARATIONS, repaintLatents } from './denoise.ts';
import { BAND } from './enlarge-painting.ts';
import { enlargeRepainting } from './enlarge-repainting.ts';
import { PAINTED_FILE, SMALL_FILE, writePainting, writeWhole } from './write-painting.ts';

/**
 * A photo painted anew after a prompt (Meng et al., “SDEdit”, 2021), at the size the model was trained for, and then
 * brought to its own. A strength that leaves no step to take leaves the photo as it is.
 */
export async function paintByPrompt(
  context: StageContext,
  model: Model & { repaints: PictureGeneration },
  photo: Picture,
): Promise<WrittenFile[]> {
  const brief = briefOf(context, model);
  const { scheduler, steps, strength } = brief;
  const sampler = createSampler(scheduler as SamplerName, { steps, strength });
  if (sampler.start < sampler.timesteps.length) return paintAnew(context, { model, brief, sampler, photo });
  if (strength > 0) {
    context.warn(`A strength of ${strength} leaves none of ${steps} steps to take; nothing was painted.`);
  }
  return [await writeWhole(context, PAINTED_FILE, photo)];
}

interface Work {
  model: Model;
  brief: PromptBrief;
  sampler: Sampler;
  photo: Picture;
}

async function paintAnew(context: StageContext, { photo, ...means }: Work): Promise<WrittenFile[]> {
  const { sessions, preview } = context;
  const small = await shrinkPhoto(photo, workingSize(photo));
  const { decoding, enlarging, all } = countSteps(means.sampler, small, photo);
  const onStep = (done: number) => context.progress(done, all);
  const latents = await repaintLatents(context, { ...means, photo: small, onStep });
  const decoder = await sessions.open(means.model.id, 'vae_decoder');
  const painted = await decodeTiles(decoder, latents, (done) => onStep(decoding + done));
  await sessions.release();
  preview(painted);
  if (!isLarger(photo, small))
    return [await writeWhole(context, PAINTED_FILE, await shrinkPhoto(painted, photo))];
  const smallFile = await writeWhole(context, SMALL_FILE, painted);
  const result = await enlargeRepainting({ photo, small, painted }, (done) => onStep(enlarging + done));
  return [await writePainting(context, PAINTED_FILE, result, photo), smallFile];
}

/** What progress is counted in: where decoding and enlarging begin, and all. */
function countSteps({ timesteps, start }: Sampler, small: Size, photo: Size) {
  const decoding = PREPARATIONS + timesteps.length - start;
  const enlarging = decoding + tilesOf(latentSize(small));
  const bands = isLarger(photo, small) ? Math.ceil(photo.height / BAND) : 0;
  return { decoding, enlarging, all: enlarging + bands };
}

function isLarger(photo: Size, small: Size): boolean {
  return photo.width * photo.height > small.width * small.height;
}
