import { expect, test } from 'vitest';
import { z } from 'zod';
import type { PipelineDeclaration } from './pipeline.ts';
import { progressOf } from './progress.ts';

const pipeline: PipelineDeclaration = {
  id: 'test',
  title: 'Test',
  description: '',
  verb: 'Test',
  images: [],
  params: z.strictObject({}),
  modelTask: 'depth',
  tasks: [],
  stages: [
    { name: 'short', label: 'Short', weight: 1 },
    { name: 'long', label: 'Long', weight: 3 },
  ],
};

test('weighs the stages by their share', () => {
  expect(progressOf(pipeline.stages, 0, { step: 0, steps: 0 }).value).toBe(0);
  expect(progressOf(pipeline.stages, 1, { step: 0, steps: 0 }).value).toBe(0.25);
  expect(progressOf(pipeline.stages, 1, { step: 2, steps: 3 }).value).toBe(0.75);
  expect(progressOf(pipeline.stages, 2, { step: 0, steps: 0 }).value).toBe(1);
});

test('says which stage runs, and which step of it', () => {
  expect(progressOf(pipeline.stages, 1, { step: 1, steps: 3 })).toMatchObject({
    stage: 'long',
    stagesDone: 1,
    stagesTotal: 2,
    message: 'Long, step 2 of 3',
  });
  expect(progressOf(pipeline.stages, 0, { step: 0, steps: 0 }).message).toBe('Short');
});

test('says what the stages to come take, by their shares, once a step was timed', () => {
  expect(progressOf(pipeline.stages, 0, { step: 1, steps: 4, stepMs: 500 }).pace).toEqual({
    stepMs: 500,
    afterMs: 3 * 4 * 500,
  });
  expect(progressOf(pipeline.stages, 1, { step: 1, steps: 4, stepMs: 500 }).pace?.afterMs).toBe(0);
  expect(progressOf(pipeline.stages, 0, { step: 0, steps: 4 })).not.toHaveProperty('pace');
});

test('says which model is being loaded, instead of the step', () => {
  expect(progressOf(pipeline.stages, 1, { step: 1, steps: 3, loading: 'MI-GAN' })).toMatchObject({
    loading: 'MI-GAN',
    message: 'Long, loading MI-GAN',
  });
  expect(progressOf(pipeline.stages, 1, { step: 1, steps: 3 })).not.toHaveProperty('loading');
});
