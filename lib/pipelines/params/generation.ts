import { z } from 'zod';
import { switchParam } from './switch.ts';

/** The schedulers that models of video take; each model says which of them are its own. */
const SCHEDULERS = ['unipc', 'flow-euler'] as const;

/** What a model that makes video out of noise is told. What is left out, the model that is chosen has values of its own for. */
export const generationParams = {
  negative_prompt: z
    .string()
    .trim()
    .max(1000)
    .optional()
    .meta({ title: 'Negative prompt', description: 'What the video is to keep away from.' }),
  width: side('Width'),
  height: side('Height'),
  frames: z.coerce
    .number()
    .int()
    .min(1)
    .max(257)
    .optional()
    .meta({ title: 'Frames', description: 'How many frames the video has.' }),
  steps: z.coerce
    .number()
    .int()
    .min(1)
    .max(60)
    .optional()
    .meta({ title: 'Steps', description: 'From noise to video; more take longer, and see to finer things.' }),
  guidance: z.coerce.number().min(1).max(20).optional().meta({
    title: 'Guidance',
    description: 'How closely the prompt is kept to; at 1, half the time is taken.',
  }),
  scheduler: z
    .enum(SCHEDULERS)
    .optional()
    .meta({
      title: 'Scheduler',
      description: 'How the steps from noise to video are taken.',
      labels: { unipc: 'UniPC', 'flow-euler': 'Euler' },
    }),
  strict: switchParam(false, {
    title: 'Strict',
    description: 'Refuses values that the model cannot make, in place of the nearest that it can.',
  }),
};

function side(title: string) {
  return z.coerce
    .number()
    .int()
    .min(16)
    .max(1920)
    .optional()
    .meta({ title, description: 'Of the video, in pixels.' });
}
