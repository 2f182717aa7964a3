import { z } from 'zod';
import { LOOKS } from '#lib/models/catalogue/style';
import { numLayers } from './params/layers.ts';
import { embedMetadata } from './params/metadata.ts';
import { seed } from './params/seed.ts';
import type { PipelineDeclaration } from './pipeline.ts';

const painterlyParams = z.strictObject({
  style: z
    .enum(LOOKS)
    .default('skylight')
    .meta({
      title: 'Style',
      description:
        'Skylight: clear light and soft detail. Meadow: warm, with drawn outlines. Summer: bright and airy. ' +
        'Dream: deep colours and bold outlines.',
    }),
  strength: z.coerce
    .number()
    .min(0)
    .max(1)
    .default(0.5)
    .meta({ title: 'Strength', description: 'From 0, the photo as it is, to 1, all painting.' }),
  num_layers: numLayers,
  seed: seed.meta({
    title: 'Seed',
    description:
      'Kept with the job; these styles leave nothing to chance, and paint the same for every number.',
  }),
  embed_metadata: embedMetadata,
});

/**
 * The photo repainted, then cut into layers. The styles are the networks of the one embedded model. A model that paints
 * after a prompt joins with a catalogue entry of the task `style`, an optional `prompt` here, and a `review` that holds
 * prompt and style against what the chosen model has networks for.
 */
export const painterly: PipelineDeclaration = {
  id: 'painterly',
  title: 'Painterly layers',
  description: 'Repaints one photo in a style, and cuts the painting into layers by depth.',
  verb: 'Paint layers',
  images: [{ name: 'image', label: 'Photo', required: true }],
  params: painterlyParams,
  modelTask: 'style',
  tasks: ['style', 'depth', 'matte', 'inpainting'],
  stages: [
    { name: 'paint', label: 'Painting', weight: 60 },
    { name: 'depth', label: 'Measuring depth', weight: 12 },
    { name: 'cut', label: 'Cutting layers', weight: 2 },
    { name: 'fill', label: 'Filling what is hidden', weight: 18 },
    { name: 'compose', label: 'Composing layers', weight: 8 },
  ],
};
