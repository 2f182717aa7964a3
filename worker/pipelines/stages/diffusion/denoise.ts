import { join } from 'node:path';
import { latentPreview } from '#worker/diffusion/conditioning/latent-preview';
import { gaussianNoise, INITIAL_STREAM, streamAfter } from '#worker/diffusion/noise/gaussian-noise';
import { combine } from '#worker/diffusion/samplers/combine';
import { createSampler } from '#worker/diffusion/samplers/create-sampler';
import type { StageContext, WrittenFile } from '#worker/pipelines/run';
import { floatRecord, writeFloats } from '../float-file.ts';
import { modelFor } from '../model.ts';
import { type Course, takeUp, walk } from './course.ts';
import { type Network, openNetwork, velocityAt } from './network.ts';
import { requestOf, valuesOf } from './request.ts';

export const LATENTS_FILE = 'latents.f32';

/**
 * Latents out of noise. Writes `latents.f32`: [channels, frames, height, width], normalised. The noise is a function of
 * seed and step alone, so a run that goes on from a checkpoint ends where it would have ended. Stops between any two
 * runs of the network when it is cancelled.
 */
export async function denoise(context: StageContext): Promise<WrittenFile[]> {
  const { checkpoint, outDir } = context;
  const { steps } = requestOf(context);
  const network = await openNetwork(context);
  const course = await takeUp(checkpoint, beginning(context, network));
  await walk(checkpoint, course, { savesEnd: false, takeStep: () => takeStep(context, network, course) });
  await writeFloats(join(outDir, LATENTS_FILE), network.conditioning.settle(course.latents));
  context.progress(steps, steps);
  return [floatRecord(LATENTS_FILE)];
}

/** Nothing but noise. */
function beginning(context: StageContext, { graphs, shape }: Network): Course {
  const { scheduler, steps, seed } = requestOf(context);
  const sampler = createSampler(scheduler, { steps, shift: graphs.index.schedule.shift });
  const noise = gaussianNoise(seed, INITIAL_STREAM, valuesOf(shape));
  const latents = noise.map((value) => value * sampler.initialScale);
  return { modelId: modelFor(context, 'video'), done: 0, latents, sampler };
}

/** One more step of the course. */
async function takeStep(context: StageContext, network: Network, course: Course): Promise<void> {
  const { seed, steps } = requestOf(context);
  const { latents, sampler, done } = course;
  const timestep = sampler.timesteps[done]!;
  const goOn = () => context.progress(done, steps);
  goOn();
  const velocity = await velocityAt(network, sampler.modelInput(latents, done), timestep, goOn);
  // What is left to go, gone in one step: the picture that the network has in mind.
  const guess = combine([1, latents], [-timestep / 1000, velocity]);
  context.preview(latentPreview(guess, network.shape, network.graphs.index));
  const noise = () => gaussianNoise(seed, streamAfter(done), latents.length);
  course.latents = sampler.step(latents, velocity, done, noise);
  course.done += 1;
}
