import { z } from 'zod';
import { generationParams } from './generation.ts';
import { prompt } from './prompt.ts';

/** The schedulers that models which paint after a prompt take; each model says which of them are its own. */
const SCHEDULERS = ['ddim', 'euler', 'euler-ancestral', 'lcm'] as const;

/** What a model that paints a photo anew after a prompt is told. What is left out, the model has values of its own for. */
export const paintingParams = {
  prompt: prompt.optional().meta({
    title: 'Prompt',
    description:
      'What is painted, and how: “a watercolour of a harbour, loose strokes”. For models that read one.',
  }),
  negative_prompt: generationParams.negative_prompt.meta({
    title: 'Negative prompt',
    description: 'What the painting is to keep away from. For models that read a prompt.',
  }),
  steps: generationParams.steps.meta({
    title: 'Steps',
    description:
      'From noise to painting; more take longer, and see to finer things. For models that read a prompt.',
  }),
  guidance: generationParams.guidance.meta({
    title: 'Guidance',
    description: 'How closely the prompt is kept to. For models that read one.',
  }),
  scheduler: z
    .enum(SCHEDULERS)
    .optional()
    .meta({
      title: 'Scheduler',
      description: 'How the steps from noise to painting are taken. For models that read a prompt.',
      labels: { ddim: 'DDIM', 'euler-ancestral': 'Euler, ancestral', lcm: 'LCM' },
    }),
};
