import { z } from 'zod';
import type { PipelineDeclaration } from './pipeline.ts';

const photoRealisticParams = z.strictObject({
  num_layers: z.coerce
    .number()
    .int()
    .min(2)
    .max(8)
    .default(4)
    .meta({ title: 'Layers', description: 'How many sheets the picture is cut into, far to near.' }),
});

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
