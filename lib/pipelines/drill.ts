import { z } from 'zod';
import type { PipelineDeclaration } from './pipeline.ts';

/** How a drill may go wrong, halfway through its count. `once` and `crash` come only in a run that finds no checkpoint. */
export const MISHAPS = ['none', 'once', 'always', 'crash', 'poison'] as const;

const drillParams = z.strictObject({
  steps: z.coerce
    .number()
    .int()
    .min(1)
    .max(1_000)
    .default(50)
    .meta({ title: 'Steps', description: 'How far it counts.' }),
  step_ms: z.coerce
    .number()
    .int()
    .min(0)
    .max(10_000)
    .default(200)
    .meta({ title: 'Milliseconds a step', description: 'How long each step takes.' }),
  fail: z.enum(MISHAPS).default('none').meta({
    title: 'Mishap',
    description:
      'once or always: the run fails; crash or poison: the process that runs it dies, once or always.',
  }),
});

/** A pipeline without networks, with which an operator can rehearse the queue; offered where MULTIPLANE_DRILL is on. */
export const drill: PipelineDeclaration = {
  id: 'drill',
  title: 'Drill',
  description: 'Counts, and makes nothing of use: a rehearsal of the queue, mishaps included.',
  verb: 'Run the drill',
  images: [{ name: 'image', label: 'Photo', required: false }],
  params: drillParams,
  modelTask: null,
  tasks: [],
  stages: [
    { name: 'prepare', label: 'Preparing', weight: 1 },
    { name: 'count', label: 'Counting', weight: 8 },
    { name: 'publish', label: 'Publishing', weight: 1 },
  ],
};
