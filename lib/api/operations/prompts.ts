import { operation } from '../operation.ts';
import { enhanceRequestSchema, enhancementSchema } from '../resources/prompts.ts';

/** `jobs:read` will do: nothing is kept, and no job is made of it. */
export const enhancePrompt = operation({
  id: 'enhancePrompt',
  method: 'POST',
  path: '/api/v1/prompts/enhance',
  chapter: 'Prompts',
  summary: 'A better prompt',
  description:
    'Completes a prompt with what it leaves open: shot, light, lens, motion, mood. By rules that keep its words and contradict ' +
    'nothing in it, or by an endpoint of the operator’s. See docs/prompts.md for the vocabulary.',
  access: 'jobs:read',
  budget: 'enhance',
  body: { kind: 'json', schema: enhanceRequestSchema },
  answers: { 200: { description: 'The better prompt', schema: enhancementSchema } },
});
