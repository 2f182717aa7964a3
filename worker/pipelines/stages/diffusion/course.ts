import type { Sampler } from '#worker/diffusion/samplers/sampler';
import type { StageContext } from '#worker/pipelines/run';
import { floatBytes, readFloats } from '../float-file.ts';
import { isWorthSaving } from './checkpoint-policy.ts';

type Checkpoint = StageContext['checkpoint'];

/** How far latents are on their way from noise. */
export interface Course {
  modelId: string;
  /** Steps that are done. */
  done: number;
  latents: Float32Array;
  sampler: Sampler;
}

interface SavedState {
  modelId: string;
  done: number;
  scalars: Record<string, number>;
  /** Names of the arrays in the sampler's history, each in a file of its own. */
  tensors: string[];
}

const LATENTS = 'latents.f32';

/** `start`, or what an earlier attempt with the same model has made of it. */
export async function takeUp({ latest }: Checkpoint, start: Course): Promise<Course> {
  const state = latest?.state as SavedState | undefined;
  if (!latest || state?.modelId !== start.modelId) return start;
  const { length } = start.latents;
  const latents = await readFloats(latest.path(LATENTS), length);
  const tensors: Record<string, Float32Array> = {};
  for (const name of state.tensors) tensors[name] = await readFloats(latest.path(historyFile(name)), length);
  start.sampler.restore({ scalars: state.scalars, tensors });
  return { ...start, done: state.done, latents };
}

/**
 * Take the steps that are left of a course, each of which moves it on by one, and save it now and then; `savesEnd` where
 * the stage goes on after them.
 */
export async function walk(
  checkpoint: Checkpoint,
  course: Course,
  { savesEnd, takeStep }: { savesEnd: boolean; takeStep: () => Promise<void> },
): Promise<void> {
  const steps = course.sampler.timesteps.length;
  let saved = { done: course.done, at: performance.now() };
  while (course.done < steps) {
    await takeStep();
    const since = { steps: course.done - saved.done, ms: performance.now() - saved.at };
    if (course.done === steps ? !savesEnd : !isWorthSaving(since)) continue;
    await save(checkpoint, course);
    saved = { done: course.done, at: performance.now() };
  }
}

/** Save how far it is; a few times the size of the latents. */
async function save(checkpoint: Checkpoint, { modelId, done, latents, sampler }: Course): Promise<void> {
  const { scalars, tensors } = sampler.history();
  const state: SavedState = { modelId, done, scalars, tensors: Object.keys(tensors) };
  const history = Object.entries(tensors).map(([name, values]) => [historyFile(name), floatBytes(values)]);
  await checkpoint.save(state, { [LATENTS]: floatBytes(latents), ...Object.fromEntries(history) });
}

function historyFile(name: string): string {
  return `history-${name}.f32`;
}
