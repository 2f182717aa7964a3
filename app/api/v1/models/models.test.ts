import '#tests/studio-folder';
import { rmSync, writeFileSync } from 'node:fs';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { modelListSchema, modelSchema } from '#lib/api/resources/models';
import { settings } from '#lib/config/settings';
import { database } from '#lib/db/connection';
import { findModel, listModels } from '#lib/models/catalogue';
import { newPart } from '#lib/models/part-files';
import { weightPath } from '#lib/models/weights';
import type { ModelResource } from '#lib/pipelines/model-resource';
import { ApiClient } from '#tests/api-client';
import { placeWeights } from '#tests/worker-context';
import { POST as download } from './[id]/download/route.ts';
import { GET as getModel } from './[id]/route.ts';
import { POST as unload } from './[id]/unload/route.ts';
import { DELETE as deleteWeights } from './[id]/weights/route.ts';
import { GET as getModels } from './route.ts';

// The settings are read when they are first asked for.
process.env.MULTIPLANE_MEMORY_BYTES = String(30 * 2 ** 30);

let client: ApiClient;

beforeAll(async () => {
  client = await ApiClient.create(await database());
});
beforeEach(() => placeWeights(settings().weightsDir));

async function model(id: string): Promise<ModelResource> {
  const answer = await client.call(getModel, { params: { id } });
  expect(answer.status).toBe(200);
  return (await answer.json()) as ModelResource;
}

async function ids(query = ''): Promise<string[]> {
  const answer = await client.call(getModels, { query });
  return ((await answer.json()) as { items: ModelResource[] }).items.map(({ id }) => id);
}

test('the whole catalogue is told, each as it is when it is asked for alone, as declared', async () => {
  const answer = await client.call(getModels);
  const { items } = modelListSchema.parse(await answer.json());
  expect(items.map(({ id }) => id)).toEqual(listModels().map(({ id }) => id));
  for (const item of items) expect(modelSchema.parse(await model(item.id))).toEqual(item);
});

test('a model that makes video says what it can make, in the parameters of each pipeline too', async () => {
  const { generation, parameters, availability } = await model('wan2.2-ti2v-5b');
  expect(generation).toMatchObject({
    size: { default: { width: 1280, height: 704 }, multiple_of: 32, max_pixels: 1280 * 704 },
    frames: { default: 121, min: 5, max: 121, step: 4 },
    fps: { default: 24, min: 8, max: 30 },
    schedulers: ['unipc', 'flow-euler'],
  });
  expect(Object.keys(parameters)).toEqual(['t2v', 'i2v', 'ti2v']);
  expect(parameters['t2v']).toMatchObject({
    additionalProperties: false,
    required: ['prompt'],
    properties: {
      width: { default: 1280, minimum: 128, multipleOf: 32 },
      frames: { default: 121, description: expect.stringContaining('a multiple of 4 and one more') },
      scheduler: { default: 'unipc', enum: ['unipc', 'flow-euler'] },
    },
  });
  expect(parameters['i2v']!['properties']).toMatchObject({
    width: { description: expect.stringContaining('as the picture') },
  });
  expect(parameters['i2v']!['properties']).not.toHaveProperty('move');
  expect(availability).toMatchObject({ available: false, suggestion: expect.stringContaining('export.py') });
});

test('a model that cannot be named in a pipeline has none of its parameters', async () => {
  const { pipelines, parameters, generation } = await model('fastdepth');
  expect(pipelines).toContain('painterly');
  expect(Object.keys(parameters)).toEqual(['photo-realistic']);
  expect(generation).toBeNull();
});

test('weights are told with what lies on this machine of them, broken downloads included', async () => {
  const { weightsDir } = settings();
  const [param, bin] = findModel('rife')!.weights;
  expect((await model('rife')).weights).toMatchObject({ state: 'present', present_bytes: 10_630_852 });
  rmSync(weightPath(weightsDir, bin!));
  writeFileSync(newPart(weightsDir, bin!), 'half');
  const { weights, availability } = await model('rife');
  expect(weights).toEqual({
    state: 'partial',
    size_bytes: 10_630_852,
    present_bytes: param!.sizeBytes + 4,
    files: [
      {
        name: 'flownet.param',
        size_bytes: 16_532,
        present_bytes: 16_532,
        sha256: param!.sha256,
        source: 'npm',
      },
      { name: 'flownet.bin', size_bytes: 10_614_320, present_bytes: 4, sha256: bin!.sha256, source: 'npm' },
    ],
  });
  expect(availability).toEqual({
    available: true,
    reason: null,
    suggestion: null,
    bytes_to_fetch: 23_926_022,
  });
});

test('one that is too large says so in both numbers', async () => {
  const { availability, weights, memory_bytes: needed } = await model('wan2.1-t2v-14b');
  expect(needed).toBe(68.9e9);
  expect(weights.state).toBe('not_made');
  expect(availability.reason).toMatch(/needs 64\.2 GB of memory, and this machine has 30 GB/);
});

test('the list can be cut to those of a pipeline, and to those that can run here', async () => {
  expect(await ids('pipeline=upscale')).toEqual(['esrgan-medium', 'real-esrgan-x2']);
  const [here, not] = [await ids('available=true'), await ids('available=false')];
  expect(here).toEqual(expect.arrayContaining(['wan-mini', 'rife']));
  expect(not).toEqual(expect.arrayContaining(['lcm-dreamshaper-v7', 'wan2.1-t2v-14b']));
  expect([...here, ...not].toSorted()).toEqual((await ids()).toSorted());
  expect((await client.call(getModels, { query: 'available=perhaps' })).status).toBe(422);
});

test.each([
  ['rife', 'models download rife', download],
  ['wan2.1-t2v-14b', 'tools/wan/export.py', download],
  ['rife', 'npm run worker', unload],
  ['rife', 'sha256', deleteWeights],
  ['wan-mini', 'part of Multiplane', deleteWeights],
])('what cannot be done yet says what does it: of %s, %s', async (id, words, handler) => {
  const answer = await client.call(handler, { params: { id }, method: 'POST' });
  expect(answer.status).toBe(501);
  expect(await answer.json()).toMatchObject({
    code: 'not_implemented',
    suggestion: expect.stringContaining(words),
  });
  expect((await client.call(handler, { params: { id: 'midas' }, method: 'POST' })).status).toBe(404);
});
