import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { AppError } from '#lib/core/errors';
import { TINY_KINDS } from '#tests/tiny-wan/tiny-index';
import { placeTinyWan, tinyWan } from '#tests/tiny-wan/tiny-wan';
import { temporaryFolder } from '#tests/temporary-folder';
import type { ModelIndex } from './model-index.ts';
import { INDEX_FILE, parseIndex, readIndex } from './read-index.ts';

/** What is said of an index after a change, by the place it is said of. */
function problems(change: (index: ModelIndex) => void, kind = TINY_KINDS[0]!): Record<string, string> {
  const index = structuredClone(tinyWan(kind).index);
  change(index);
  const { fields } = refusalOf(index);
  return Object.fromEntries(fields.map(({ pointer, message }) => [pointer, message]));
}

function refusalOf(value: unknown): AppError {
  try {
    parseIndex(value);
  } catch (error) {
    if (error instanceof AppError && error.code === 'model_unfit') return error;
    throw error;
  }
  throw new Error('It was taken.');
}

test.each(TINY_KINDS)('the index of %s is read from its folder', async (kind) => {
  const folder = temporaryFolder();
  const tiny = tinyWan(kind);
  placeTinyWan(folder, tiny);
  expect(await readIndex(folder)).toEqual(JSON.parse(JSON.stringify(tiny.index)));
});

test('a folder without an index, and one that is not JSON, are refused without a path', async () => {
  const folder = temporaryFolder();
  const nothing = await readIndex(folder).catch((error: unknown) => error);
  expect(nothing).toMatchObject({ code: 'model_unfit' });
  expect(String(nothing)).not.toContain(folder);
  writeFileSync(join(folder, INDEX_FILE), '{"contract": 1,');
  await expect(readIndex(folder)).rejects.toMatchObject({ code: 'model_unfit' });
});

test('of an index of another version only that is said', () => {
  expect(() => parseIndex({ contract: 2, everything: 'else' })).toThrow(
    'model_index.json cannot be used: contract: version 2 of the contract; this engine speaks version 1.',
  );
});

test('what is no index at all is refused', () => {
  for (const value of [null, 7, 'wan', [], {}]) {
    expect(() => parseIndex(value)).toThrow('model_index.json cannot be used');
  }
});

test('every problem is listed, with its place', () => {
  const found = problems((index) => {
    index.latents.channels = 0;
    index.graphs.transformer.files[0].sha256 = 'abc';
    index.graphs.transformer.files[0].name = '../transformer.onnx';
    index.schedule.shift = -3;
    Object.assign(index.guidance, { lownoise: 3 });
    Reflect.deleteProperty(index.graphs, 'vae_decoder_step');
  });
  expect(Object.keys(found).toSorted()).toEqual([
    '/graphs/transformer/files/0/name',
    '/graphs/transformer/files/0/sha256',
    '/graphs/vae_decoder_step',
    '/guidance',
    '/latents/channels',
    '/schedule/shift',
  ]);
  expect(found['/graphs/transformer/files/0/name']).toBe('a file name without a folder');
});

test.each<[string, (index: ModelIndex) => void, Record<string, string>]>([
  [
    'lists of another length than there are channels',
    ({ latents }) => {
      latents.mean.pop();
      latents.rgb.factors.push([0, 0, 0]);
    },
    { '/latents/mean': '15 entries for 16 channels', '/latents/rgb/factors': '17 entries for 16 channels' },
  ],
  [
    'caches that do not go round',
    ({ graphs }) => {
      graphs.vae_decoder_init.outputs.caches.pop();
      graphs.vae_decoder_step.outputs.caches.push('cache_2');
    },
    {
      '/graphs/vae_decoder_init/outputs/caches': '1 caches, but a step takes 2',
      '/graphs/vae_decoder_step/outputs/caches': '3 caches, but a step takes 2',
    },
  ],
  [
    'a picture to begin with, and nothing to encode it',
    (index) => {
      index.conditioning = { kind: 'mask-concat', last_frame: true, optional: true };
    },
    {
      '/graphs/vae_encoder_init': 'needed for conditioning mask-concat',
      '/graphs/vae_encoder_step': 'needed for conditioning mask-concat',
    },
  ],
  [
    'a pipeline that is given a picture, and no way to use it',
    (index) => {
      index.pipelines.push('i2v');
      index.conditioning.last_frame = true;
    },
    {
      '/conditioning/last_frame': 'only mask-concat takes one',
      '/pipelines/1': 'i2v cannot be served with conditioning none, optional',
    },
  ],
  [
    'a boundary without a second expert',
    (index) => {
      index.schedule.boundary = 0.9;
    },
    { '/schedule/boundary': 'goes with transformer_2' },
  ],
  [
    'numbers off the rules',
    (index) => {
      index.frames = { default: 80, min: 5, max: 81 };
      index.steps.default = 100;
      index.size.multiple = 8;
      index.size.default = { width: 100, height: 16 };
    },
    {
      '/frames/default': '80 is not a multiple of 4 and one more',
      '/steps': 'default 100 is not within 1 to 60',
      '/size/multiple': 'a token covers 16 pixels of a side',
      '/size/default/width': '100 is not a multiple of 8',
      '/size/default': 'a side is under 32',
    },
  ],
  [
    'a scheduler that is not offered',
    (index) => {
      index.schedule.schedulers = ['flow-euler'];
    },
    { '/schedule/scheduler': 'unipc is not among schedulers' },
  ],
  [
    'two files of one name',
    ({ graphs }) => {
      graphs.vae_decoder_step.files[0].name = 'transformer.onnx';
    },
    { '/graphs/vae_decoder_step/files': 'transformer.onnx is named elsewhere with another hash' },
  ],
])('%s', (_, change, expected) => {
  expect(problems(change)).toEqual(expected);
});

test('a model that is conditioned by timesteps needs one for each token, and no last picture', () => {
  const found = problems((index) => {
    index.timestep = 'scalar';
    index.conditioning.last_frame = true;
  }, 'wan-2.2-ti2v-5b');
  expect(found).toEqual({
    '/timestep': 'per-token needed for conditioning first-frame-timestep',
    '/conditioning/last_frame': 'only mask-concat takes one',
  });
});

test('an image encoder and the input for it go together', () => {
  const found = problems((index) => {
    Reflect.deleteProperty(index.graphs.transformer.inputs, 'image');
  }, 'wan-2.1-i2v');
  expect(found).toEqual({
    '/graphs/transformer/inputs/image': 'named where there is an image_encoder, and nowhere else',
  });
});
