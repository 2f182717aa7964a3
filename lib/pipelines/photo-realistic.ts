import { z } from 'zod';
import { numLayers } from './params/layers.ts';
import { embedMetadata } from './params/metadata.ts';
import type { PipelineDeclaration } from './pipeline.ts';

const photoRealisticParams = z.strictObject({ num_layers: numLayers, embed_metadata: embedMetadata });

export const photoRealistic: PipelineDeclaration = {
  id: 'photo-realistic',
  title: 'Photo-realistic layers',
  description: 'Cuts one photo into layers by depth, and fills what each nearer layer hides.',
  verb: 'Make layers',
  images: [{ name: 'image', label: 'Photo', required: true }],
  params: photoRealisticParams,
  modelTask: 'depth',
  tasks: ['depth', 'matte', 'inpainting'],
  stages: [
    { name: 'depth', label: 'Measuring depth', weight: 30 },
    { name: 'cut', label: 'Cutting layers', weight: 5 },
    { name: 'fill', label: 'Filling what is hidden', weight: 45 },
    { name: 'compose', label: 'Composing layers', weight: 20 },
  ],
};
