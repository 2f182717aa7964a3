import { z } from 'zod';
import { operation } from '../operation.ts';
import { modelListSchema, modelSchema } from '../resources/models.ts';

const ofModel = {
  chapter: 'Models',
  params: z.object({
    id: z
      .string()
      .max(100)
      .meta({ description: 'As in the catalogue', examples: ['wan-mini'] }),
  }),
  thing: 'model',
} as const;

/** What the weights manager will do; until then it says how it is done from the command line. */
const laterOn = { access: 'models:write', answers: {}, problems: ['not_implemented'] } as const;

export const listModels = operation({
  id: 'listModels',
  method: 'GET',
  path: '/api/v1/models',
  chapter: 'Models',
  summary: 'The catalogue of models',
  description: 'Every model with its weights, what it can make, and whether it can run on this machine.',
  access: 'jobs:read',
  query: z.object({
    pipeline: z
      .string()
      .max(100)
      .optional()
      .meta({ description: 'Only those that this pipeline makes use of' }),
    available: z
      .enum(['true', 'false'])
      .transform((word) => word === 'true')
      .optional()
      .meta({ description: 'Only those that can, or cannot, run on this machine' }),
  }),
  answers: { 200: { description: 'The models', schema: modelListSchema } },
});

export const getModel = operation({
  ...ofModel,
  id: 'getModel',
  method: 'GET',
  path: '/api/v1/models/{id}',
  summary: 'One model',
  access: 'jobs:read',
  answers: { 200: { description: 'The model', schema: modelSchema } },
});

export const downloadModel = operation({
  ...ofModel,
  ...laterOn,
  id: 'downloadModel',
  method: 'POST',
  path: '/api/v1/models/{id}/download',
  summary: 'Fetch the weights of a model',
  description:
    'Not there yet: the answer says what does it from the command line. A job fetches what it lacks.',
});

export const unloadModel = operation({
  ...ofModel,
  ...laterOn,
  id: 'unloadModel',
  method: 'POST',
  path: '/api/v1/models/{id}/unload',
  summary: 'Let go of the memory that a model takes',
  description: 'Not there yet: workers let go of a model by themselves when another needs the room.',
});

export const deleteWeights = operation({
  ...ofModel,
  ...laterOn,
  id: 'deleteWeights',
  method: 'DELETE',
  path: '/api/v1/models/{id}/weights',
  summary: 'Remove the weights of a model from the disk',
  description: 'Not there yet: the answer says how it is done by hand.',
});
