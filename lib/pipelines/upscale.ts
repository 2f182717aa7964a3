import { z } from 'zod';
import { factor } from './params/factor.ts';
import { embedMetadata } from './params/metadata.ts';
import type { PipelineDeclaration } from './pipeline.ts';

const upscaleParams = z.strictObject({ factor, embed_metadata: embedMetadata });

export const upscale: PipelineDeclaration = {
  id: 'upscale',
  title: 'Upscale',
  description: 'Makes one photo two or four times as wide and high, and sharp at that size.',
  verb: 'Enlarge',
  images: [{ name: 'image', label: 'Photo', required: true }],
  params: upscaleParams,
  modelTask: 'super-resolution',
  tasks: ['super-resolution'],
  stages: [{ name: 'enlarge', label: 'Enlarging', weight: 1 }],
};
