import { z } from 'zod';
import { LOOKS } from '#lib/models/catalogue/style';
import { AUTO } from '#lib/models/selection';
import { paintingParamsWith } from './painting/model-params.ts';
import { promptLack, promptModel } from './painting/prompt-models.ts';
import { reviewPainting } from './painting/review-painting.ts';
import { numLayers } from './params/layers.ts';
import { embedMetadata } from './params/metadata.ts';
import { paintingParams } from './params/painting.ts';
import { seed } from './params/seed.ts';
import type { PipelineDeclaration } from './pipeline.ts';

const USUAL_STYLE = 'skylight';

const painterlyParams = z.strictObject({
  style: z
    .enum(LOOKS)
    .default(USUAL_STYLE)
    .meta({
      title: 'Style',
      description:
        'Skylight: clear light and soft detail. Meadow: warm, with drawn outlines. Summer: bright and airy. ' +
        'Dream: deep colours and bold outlines.',
    }),
  ...paintingParams,
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
      'With a prompt, the same number gives the same painting again. The styles leave nothing to chance, and paint the ' +
      'same for every number.',
  }),
  embed_metadata: embedMetadata,
});

/**
 * The photo repainted, then cut into layers: in a style by the networks of the one embedded model, or after a prompt by a
 * model of `repaints`, which `auto` takes where there is a prompt and the machine has one.
 */
export const painterly: PipelineDeclaration = {
  id: 'painterly',
  title: 'Painterly layers',
  description: 'Repaints one photo in a style or after a prompt, and cuts the painting into layers by depth.',
  verb: 'Paint layers',
  images: [{ name: 'image', label: 'Photo', required: true }],
  params: painterlyParams,
  paramsWith: paintingParamsWith,
  modelTask: 'style',
  autoModel: ({ prompt }) => (prompt ? promptModel()?.id : undefined) ?? AUTO,
  lack: () => promptLack(),
  tasks: ['style', 'depth', 'matte', 'inpainting'],
  stages: [
    { name: 'paint', label: 'Painting', weight: 60 },
    { name: 'depth', label: 'Measuring depth', weight: 12 },
    { name: 'cut', label: 'Cutting layers', weight: 2 },
    { name: 'fill', label: 'Filling what is hidden', weight: 18 },
    { name: 'compose', label: 'Composing layers', weight: 8 },
  ],
  review: (request) => reviewPainting(request, USUAL_STYLE),
};
