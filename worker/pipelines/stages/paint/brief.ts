import type { PictureGeneration, SchedulerName } from '#lib/models/generation';
import type { StageContext } from '#worker/pipelines/run';

/** What a model that reads prompts is to do; what a request leaves open is as the model has it. */
export interface PromptBrief {
  prompt: string | undefined;
  negativePrompt: string | undefined;
  steps: number;
  guidance: number;
  scheduler: SchedulerName;
  strength: number;
  seed: number;
}

/** The parameters of the pipeline that such models read, checked. */
interface PromptParams {
  prompt?: string;
  negative_prompt?: string;
  steps?: number;
  guidance?: number;
  scheduler?: SchedulerName;
  strength: number;
  seed: number;
}

/** A job whose model was left open may name a scheduler that the one it got does not have: it is told of that. */
export function briefOf(
  { params, warn }: Pick<StageContext, 'params' | 'warn'>,
  { title, repaints }: { title: string; repaints: PictureGeneration },
): PromptBrief {
  const given = params as unknown as PromptParams;
  const [usual] = repaints.schedulers;
  const scheduler = given.scheduler ?? usual;
  const isKnown = repaints.schedulers.includes(scheduler);
  if (!isKnown) warn(`${title} cannot be run with the scheduler ${scheduler}; ${usual} was taken.`);
  return {
    prompt: given.prompt,
    negativePrompt: given.negative_prompt,
    steps: given.steps ?? repaints.steps.default,
    guidance: given.guidance ?? repaints.guidance.default,
    scheduler: isKnown ? scheduler : usual,
    strength: given.strength,
    seed: given.seed,
  };
}
