import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { Actor } from '#lib/core/actor';
import type { Database } from '#lib/db/client';
import { jobs } from '#lib/db/schema/jobs';
import { DiskStore } from '#lib/media/store/disk-store';
import { testDatabase } from '#tests/database';
import { makeUpload, makeUser, NOW } from '#tests/factories';
import { temporaryFolder } from '#tests/temporary-folder';
import { weightsOf } from '#tests/tiny-wan/exported-wan';
import { submitJob } from './submit.ts';

/** 832x480, 81 frames, 16 a second, 50 steps, guidance 5; 5 to 121 frames, multiples of 16 from 128. */
const WAN = 'wan2.1-t2v-1.3b';
const PROMPT = 'A small red circle moves left over night';

const weightsDir = weightsOf({
  [WAN]: 'wan-2.1-t2v',
  'wan2.2-i2v-a14b': 'wan-2.2-i2v-a14b',
  'wan2.2-ti2v-5b': 'wan-2.2-ti2v-5b',
});

let db: Database;
let actor: Actor;

// Before the settings are read for the first time.
beforeAll(() => void vi.stubEnv('MULTIPLANE_WEIGHTS_DIR', weightsDir));
afterAll(() => rm(weightsDir, { recursive: true }));

beforeEach(async () => {
  db = await testDatabase();
  actor = await makeUser(db);
});

type Fields = Record<string, unknown>;

function submit(fields: Fields) {
  const submission = { fields: Object.entries(fields), files: [] };
  return submitJob(db, new DiskStore(temporaryFolder()), actor, submission, NOW);
}

const t2v = (fields: Fields) => submit({ pipeline: 't2v', model: WAN, prompt: PROMPT, ...fields });

/** What is wrong with a request, by its fields. */
async function refusal(
  request: Promise<unknown>,
): Promise<Record<string, { code: string; allowed?: unknown }>> {
  const error = await request.then(
    () => expect.fail('It was taken.'),
    (refused: { fields: { pointer: string; code: string; allowed?: unknown }[] }) => refused,
  );
  expect(error).toMatchObject({ code: 'validation_failed' });
  expect(await db.$count(jobs)).toBe(0);
  return Object.fromEntries(error.fields.map(({ pointer, ...rest }) => [pointer, rest]));
}

test('what is not said is as the model was made for, and kept with the job', async () => {
  const { params, warnings } = await t2v({});
  expect(warnings).toEqual([]);
  expect(params).toEqual({
    prompt: PROMPT,
    width: 832,
    height: 480,
    frames: 81,
    steps: 50,
    guidance: 5,
    scheduler: 'unipc',
    fps: 16,
    seed: 42,
    strict: false,
    extra_format: 'none',
    embed_metadata: true,
  });
});

test('what is said is kept to, where the model can', async () => {
  const said = {
    width: 480,
    height: 832,
    frames: 17,
    steps: 1,
    guidance: 1,
    scheduler: 'flow-euler',
    fps: 8,
  };
  const { params, warnings } = await t2v({ ...said, negative_prompt: '' });
  expect(params).toMatchObject(said);
  expect(warnings).toEqual([]);
});

test.each([
  [{ frames: 20 }, { frames: 21 }, 'frames was 20, made 21'],
  [{ frames: 200 }, { frames: 121 }, 'frames was 200, made 121'],
  [{ width: 500, height: 300 }, { width: 496, height: 288 }, 'height was 300, made 288'],
  [{ width: 1664, height: 960 }, { width: 832, height: 480 }, 'width was 1664, made 832'],
  [{ fps: 60 }, { fps: 30 }, 'fps was 60, made 30'],
  [{ guidance: 1, negative_prompt: 'blurry' }, {}, 'negative_prompt is read with a guidance above 1 alone'],
])('of %j the nearest is made that the model can, and that is said', async (asked, made, told) => {
  const { params, warnings } = await t2v(asked);
  expect(params).toMatchObject(made);
  expect(warnings.join('\n')).toContain(told);
});

test('strict, it is refused instead, with what would be allowed', async () => {
  const asked = { frames: 20, width: 500, height: 480, fps: 60, strict: 'true' };
  expect(await refusal(t2v(asked))).toEqual({
    '/frames': expect.objectContaining({ allowed: expect.arrayContaining([5, 17, 21, 121]) }),
    '/width': expect.objectContaining({ allowed: { minimum: 128, multipleOf: 16, maxPixels: 399_360 } }),
    '/fps': expect.objectContaining({ allowed: { minimum: 4, maximum: 30 } }),
  });
});

test.each([
  [{ prompt: 'ab' }, '/prompt'],
  [{ prompt: ` ${'a'.repeat(1001)}` }, '/prompt'],
  [{ prompt: '' }, '/prompt'],
  [{ negative_prompt: 'a'.repeat(1001) }, '/negative_prompt'],
  [{ guidance: 0.5 }, '/guidance'],
  [{ guidance: 20.5 }, '/guidance'],
  [{ steps: 0 }, '/steps'],
  [{ steps: 61 }, '/steps'],
  [{ frames: 0 }, '/frames'],
  [{ width: 8 }, '/width'],
  [{ height: 12.5 }, '/height'],
  [{ scheduler: 'ddim' }, '/scheduler'],
  [{ image_upload_id: '019a9f00-0000-7000-8000-000000000000' }, '/image_upload_id'],
  [{ move: 'pan' }, '/move'],
  [{ model: 'camera-move' }, '/model'],
])('%j is refused', async (asked, pointer) => {
  expect(Object.keys(await refusal(t2v(asked)))).toEqual([pointer]);
});

test('a prompt of 1000 characters is not too long', async () => {
  expect((await t2v({ prompt: 'a'.repeat(1000) })).params['prompt']).toHaveLength(1000);
});

test('auto is the best model that is there', async () => {
  const { model, params } = await t2v({ model: 'auto' });
  expect(model).toBe('wan2.2-ti2v-5b');
  expect(params).toMatchObject({ width: 1280, height: 704, frames: 121, fps: 24 });
});

test.each(['i2v', 'ti2v'])('%s wants a picture to begin with', async (pipeline) => {
  const asked = { pipeline, model: 'wan2.2-ti2v-5b', prompt: PROMPT };
  expect(await refusal(submit(asked))).toHaveProperty('/image');
});

test('a video that begins with a picture has its shape, in what the model makes', async () => {
  const { id } = await makeUpload(db, actor, { width: 3000, height: 4000 });
  const asked = { pipeline: 'i2v', model: 'wan2.2-i2v-a14b', image_upload_id: id };
  // sqrt(832 * 480 * 3/4) = 547.3 and sqrt(832 * 480 * 4/3) = 729.7, rounded down to multiples of 16.
  expect((await submit(asked)).params).toMatchObject({ width: 544, height: 720, frames: 81, fps: 16 });
  expect((await submit({ ...asked, width: 320 })).params).toMatchObject({ width: 320, height: 416 });
});

test('that a picture of another shape than the video is cut is said', async () => {
  const { id } = await makeUpload(db, actor, { width: 300, height: 400 });
  const asked = { pipeline: 'i2v', model: 'wan2.2-i2v-a14b', image_upload_id: id };
  // 3:4 against 13:16, and against 1:1.
  expect((await submit({ ...asked, width: 416, height: 512 })).warnings).toEqual([]);
  expect((await submit({ ...asked, width: 512, height: 512 })).warnings).toEqual([
    'The video is 512x512: what lies beyond that shape is cut off the picture.',
  ]);
});

test('what the model that was chosen makes no use of is said, and left out', async () => {
  const { id } = await makeUpload(db, actor);
  const asked = { pipeline: 'i2v', image_upload_id: id, amount: 0.7, steps: 5, prompt: PROMPT };
  const generated = await submit({ ...asked, model: 'wan2.2-i2v-a14b' });
  expect(generated.warnings).toEqual(['Wan 2.2 I2V A14B makes no use of amount; yours changed nothing.']);
  expect(generated.params).toMatchObject({ steps: 5, prompt: PROMPT });
  expect(generated.params).not.toHaveProperty('amount');
  expect(generated.params).not.toHaveProperty('duration_seconds');
  const filmed = await submit({ ...asked, model: 'auto' });
  expect(filmed.warnings).toEqual([
    'This model reads no prompt; yours changed nothing.',
    'Camera move makes no use of steps; yours changed nothing.',
  ]);
  expect(filmed.params).toMatchObject({ amount: 0.7, fps: 24 });
  expect(filmed.params).not.toHaveProperty('strict');
});

test('filming has a least rate of its own', async () => {
  const { id } = await makeUpload(db, actor);
  const asked = { pipeline: 'i2v', image_upload_id: id, fps: 8 };
  expect(await refusal(submit(asked))).toEqual({
    '/fps': expect.objectContaining({ allowed: { minimum: 12, maximum: 60 } }),
  });
});
