import { z } from 'zod';
import { embedMetadata } from './params/metadata.ts';
import type { PipelineDeclaration } from './pipeline.ts';

const cutoutParams = z.strictObject({ embed_metadata: embedMetadata });

export const cutout: PipelineDeclaration = {
  id: 'cutout',
  title: 'Cutout',
  description: 'Takes the subject of one photo off its background, and gives the mask as well.',
  verb: 'Cut out',
  images: [{ name: 'image', label: 'Photo', required: true }],
  params: cutoutParams,
  modelTask: 'matte',
  tasks: ['matte'],
  stages: [
    { name: 'matte', label: 'Finding the subject', weight: 40 },
    { name: 'refine', label: 'Following its edges', weight: 40 },
    { name: 'compose', label: 'Taking it off the background', weight: 20 },
  ],
};
