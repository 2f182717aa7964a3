import { expect, test, vi } from 'vitest';
import type { ModelOption } from '#components/compose/model-choice.ts';
import { findPipeline, listPipelines } from '#lib/pipelines/registry';
import { toModelChoice } from './model-view.ts';

// The settings are read when they are first asked for.
vi.stubEnv('MULTIPLANE_WEIGHTS_DIR', '/nonexistent/weights');
vi.stubEnv('MULTIPLANE_MEMORY_BYTES', String(30 * 2 ** 30));

function option(pipeline: string, model: string): ModelOption {
  return toModelChoice(findPipeline(pipeline)!).options.find(({ id }) => id === model)!;
}

function autoOf(pipeline: string) {
  return toModelChoice(findPipeline(pipeline)!).auto;
}

test('a model that is too large says so in both numbers', () => {
  const { obstacle } = option('t2v', 'wan2.1-t2v-14b');
  expect(obstacle!.message).toMatch(/needs 64\.2 GB of memory, and this machine has 30 GB/);
});

test('one that has to be made by hand says how', () => {
  const { obstacle } = option('t2v', 'wan2.1-t2v-1.3b');
  expect(obstacle).toEqual({
    message: expect.stringContaining('no download brings it'),
    suggestion: expect.stringContaining('tools/wan/export.py'),
  });
});

test('one that can be fetched is there to be chosen, and says how much that is', () => {
  expect(option('i2v', 'rife')).toMatchObject({ obstacle: null, toFetch: '22.8 MB' });
  expect(option('i2v', 'camera-move')).toMatchObject({ obstacle: null, toFetch: null });
});

test('auto stands for what the pictures on the desk ask for, or for nothing yet', () => {
  const models = autoOf('i2v').map(({ endImage, modelId }) => [endImage, modelId]);
  expect(models).toEqual(
    expect.arrayContaining([
      [true, 'rife'],
      [false, 'camera-move'],
    ]),
  );
  expect(autoOf('upscale').map(({ modelId }) => modelId)).toEqual([null, null, null, null]);
});

test('what models say of parameters, they say of such as some pipeline of theirs has', () => {
  for (const pipeline of listPipelines()) {
    const names = Object.keys(pipeline.params.shape);
    for (const { id, own, endImage } of toModelChoice(pipeline).options) {
      expect(
        Object.keys(own).filter((name) => !names.includes(name)),
        `${pipeline.id}, ${id}`,
      ).toEqual([]);
      expect(endImage).toMatch(/^(unused|optional|required)$/);
    }
  }
});
