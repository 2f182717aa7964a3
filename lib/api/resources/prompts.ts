import { z } from 'zod';
import { AUTO } from '#lib/models/selection';
import { prompt } from '#lib/pipelines/params/prompt';
import { PROMPTED_PIPELINES } from '#lib/pipelines/prompt/enhance/enhance';
import { SLOTS } from '#lib/pipelines/prompt/enhance/slots';
import { STYLES } from '#lib/pipelines/prompt/enhance/styles';

/** A prompt that is to be made better. */
export const enhanceRequestSchema = z.strictObject({
  prompt: prompt.meta({ examples: ['an old lighthouse on a cliff'] }),
  pipeline: z.enum(PROMPTED_PIPELINES),
  model: z
    .string()
    .max(100)
    .default(AUTO)
    .meta({ description: 'The one that is to read it; some know few words.' }),
  style: z.enum(STYLES).optional().meta({
    description: 'Left out: the one that the prompt names itself, or what is usual of the pipeline.',
  }),
  seed: z
    .number()
    .int()
    .min(0)
    .max(4_294_967_295)
    .default(42)
    .meta({ description: 'The same number gives the same answer again.' }),
});

/** A better prompt. */
export const enhancementSchema = z
  .object({
    prompt: z.string().meta({ description: 'Begins with the one that was given, where the rules made it.' }),
    original: z.string(),
    additions: z
      .array(z.object({ slot: z.enum(SLOTS), text: z.string() }))
      .meta({ description: 'What the rules added, as it stands there; empty for an endpoint’s.' }),
    source: z.enum(['rules', 'endpoint']),
    warnings: z.array(z.string()),
  })
  .meta({ id: 'EnhancedPrompt' });
