import { expect, test } from 'vitest';
import { findModel } from '#lib/models/catalogue';
import { factsSchema } from '#lib/pipelines/receipt/receipt';
import { stampOf } from './stamp.ts';

const SHA256 = 'c'.repeat(64);
const run = {
  pipeline: 'photo-realistic',
  model: 'auto',
  models: ['fastdepth'],
  params: { num_layers: 2, embed_metadata: true, prompt: 'Größer, 大きく 🙂' },
  inputs: { image: { path: '/home/ann/photo.jpg', sha256: SHA256, width: 640, height: 480 } },
  provider: 'cpu',
};

test('a stamp tells what the result hangs on in plain ASCII, and not where or when it was made', async () => {
  const stamp = (await stampOf(run))!;
  expect(stamp).toMatch(/^[ -~]+$/);
  expect(stamp).not.toContain('ann');
  const { app, ...facts } = JSON.parse(stamp) as Record<string, unknown>;
  expect(app).toBe('multiplane');
  expect(factsSchema.strict().parse(facts)).toMatchObject({
    params: run.params,
    inputs: [{ role: 'image', sha256: SHA256, width: 640, height: 480 }],
    models: [{ id: 'fastdepth', weights: [{ sha256: findModel('fastdepth')!.weights[0]!.sha256 }] }],
    versions: { node: process.versions.node },
  });
  expect(await stampOf(run)).toBe(stamp);
});

test.each([{ embed_metadata: false }, {}])('there is none with %j', async (params) => {
  expect(await stampOf({ ...run, params })).toBeNull();
});
