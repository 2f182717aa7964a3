import { emptyStudio, kept, NOTHING } from '#tests/studio-folder';
import { afterEach, describe, expect, test } from 'vitest';
import { GET as getBatch } from './[id]/route.ts';
import { POST as postBatch } from './route.ts';
import { POST as postUpload } from '#app/api/v1/uploads/route';
import { settings } from '#lib/config/settings';
import { database } from '#lib/db/connection';
import { batches } from '#lib/db/schema/batches';
import { jobs } from '#lib/db/schema/jobs';
import type { BatchResource } from '#lib/jobs/batches/batch-resource';
import type { UploadResource } from '#lib/media/uploads';
import { ApiClient, refusedFields } from '#tests/api-client';
import { drawPicture } from '#tests/images';

type Field = [string, string | Blob];

const PIPELINE: Field = ['pipeline', 'photo-realistic'];
const SOME_ID = '019a9f00-0000-7000-8000-000000000000';

afterEach(emptyStudio);

async function client(): Promise<ApiClient> {
  return ApiClient.create(await database());
}

async function picture(name: string, width = 80, height = 70): Promise<Field> {
  const png = await drawPicture(width, height).png().toBuffer();
  return ['images', new File([new Uint8Array(png)], name, { type: 'image/png' })];
}

function file(name: string, bytes: BlobPart): Field {
  return ['images', new File([bytes], name)];
}

async function upload(owner: ApiClient): Promise<string> {
  const [, bytes] = await picture('photo.png');
  const answer = await owner.post(postUpload, [['image', bytes]]);
  return ((await answer.json()) as UploadResource).id;
}

async function batchOf(answer: Response): Promise<BatchResource> {
  return (await answer.json()) as BatchResource;
}

async function nothingIsLeft(): Promise<void> {
  expect(await kept()).toEqual(NOTHING);
  expect(await (await database()).$count(batches)).toBe(0);
}

describe('POST /batches takes', () => {
  test('many photos under one setting, and answers with the batch', async () => {
    const anna = await client();
    const answer = await anna.post(postBatch, [
      PIPELINE,
      ['name', '  The bay '],
      await picture('a.png'),
      ['num_layers', '3'],
      ['priority', '-2'],
      await picture('b.png', 90, 64),
      await picture('a.png'),
    ]);
    const batch = await batchOf(answer);
    expect([answer.status, answer.headers.get('location')]).toEqual([202, `/api/v1/batches/${batch.id}`]);
    expect(batch).toMatchObject({
      name: 'The bay',
      pipeline: 'photo-realistic',
      model: 'auto',
      params: { num_layers: 3 },
      priority: -2,
      paused: false,
      total: 3,
      counts: { pending: 3, refused: 0 },
      progress: 0,
    });
    expect(batch.items.map(({ position, filename, status }) => [position, filename, status])).toEqual([
      [0, 'a.png', 'pending'],
      [1, 'b.png', 'pending'],
      [2, 'a.png', 'pending'],
    ]);
    expect(await kept()).toEqual({ jobs: 3, uploads: 3, files: 2 });
    const rows = await (await database()).select().from(jobs).orderBy(jobs.batchPosition);
    expect(rows.map(({ inputPixels }) => inputPixels)).toEqual([80 * 70, 90 * 64, 80 * 70]);
    expect(rows.map(({ id }) => id)).toEqual(batch.items.map((item) => item.job_id));
    expect(await batchOf(await anna.call(getBatch, { params: { id: batch.id } }))).toEqual(batch);
  });

  test.each([
    [
      'JSON',
      (ids: string[]) => [JSON.stringify({ pipeline: 'photo-realistic', image_upload_ids: ids }), 'json'],
    ],
    [
      'an urlencoded form',
      (ids: string[]) => [
        new URLSearchParams([
          PIPELINE as [string, string],
          ...ids.map((id) => ['image_upload_ids', id]),
        ]).toString(),
        'x-www-form-urlencoded',
      ],
    ],
  ])('earlier uploads as %s', async (_name, write) => {
    const anna = await client();
    const ids = [await upload(anna), await upload(anna)];
    const [body, type] = write(ids);
    const headers = { 'Content-Type': `application/${type}` };
    const answer = await anna.call(postBatch, { method: 'POST', body: body!, headers });
    expect(await batchOf(answer)).toMatchObject({ total: 2, counts: { pending: 2 } });
    expect(await kept()).toEqual({ jobs: 2, uploads: 2, files: 1 });
  });

  test('what is sound, and keeps word of what is not', async () => {
    const anna = await client();
    const tooLarge = new Uint8Array(settings().maxUploadBytes + 1);
    const whole = (await picture('cut.png'))[1] as File;
    const answer = await anna.post(postBatch, [
      await picture('first.png'),
      file('film.mp4', '....ftypisom'),
      file('../../raw.dng', tooLarge),
      file('cut.png', whole.slice(0, 900)),
      await picture('tiny.png', 10, 10),
      PIPELINE,
      await picture('last.png'),
    ]);
    expect(answer.status).toBe(202);
    const { items, counts, total, progress } = await batchOf(answer);
    expect(items.map(({ filename, status, error }) => [filename, status, error?.code ?? null])).toEqual([
      ['first.png', 'pending', null],
      ['film.mp4', 'refused', 'unsupported_media_type'],
      ['raw.dng', 'refused', 'payload_too_large'],
      ['cut.png', 'refused', 'image_unreadable'],
      ['tiny.png', 'refused', 'image_dimensions'],
      ['last.png', 'pending', null],
    ]);
    expect(items[4]).toMatchObject({
      job_id: null,
      url: null,
      message: 'The picture is 10×10; each side has to be 64 to 4096 pixels.',
      error: { suggestions: ['Send a larger picture.'] },
    });
    expect({ counts, total, progress }).toMatchObject({
      counts: { pending: 2, refused: 4 },
      total: 6,
      progress: 4 / 6,
    });
    expect(await kept()).toEqual({ jobs: 2, uploads: 2, files: 1 });
  });

  test('uploads that are there, and keeps word of those that are not', async () => {
    const [anna, bert] = [await client(), await client()];
    const ids = [await upload(anna), SOME_ID, await upload(bert), '../x'];
    const answer = await anna.postJson(postBatch, { pipeline: 'photo-realistic', image_upload_ids: ids });
    const { items } = await batchOf(answer);
    expect(items.map(({ status, error }) => error?.code ?? status)).toEqual([
      'pending',
      'not_found',
      'not_found',
      'not_found',
    ]);
  });

  test('a batch of which every picture is refused', async () => {
    const answer = await (await client()).post(postBatch, [PIPELINE, file('a.txt', 'a'), file('b.txt', 'b')]);
    expect([answer.status, (await batchOf(answer)).counts.refused]).toEqual([202, 2]);
    expect(await kept()).toEqual(NOTHING);
  });
});

const withPhoto = async (...fields: Field[]): Promise<Field[]> => [await picture('a.png'), ...fields];

describe('POST /batches refuses, and keeps nothing of', () => {
  const cases: [string, () => Promise<Field[]>, string[]][] = [
    ['no pipeline', () => withPhoto(), ['/pipeline required']],
    [
      'several things at once',
      () => withPhoto(['pipeline', 'x'], ['nonsense', '1'], ['image', 'x']),
      ['/pipeline unknown', '/image unknown_field', '/nonsense unknown_field'],
    ],
    ['nine layers', () => withPhoto(PIPELINE, ['num_layers', '9']), ['/num_layers too_big']],
    ['a setting twice', () => withPhoto(PIPELINE, PIPELINE), ['/pipeline duplicate']],
    ['an unknown model', () => withPhoto(PIPELINE, ['model', 'x']), ['/model unknown']],
    ['a priority out of bounds', () => withPhoto(PIPELINE, ['priority', '-11']), ['/priority out_of_range']],
    ['a user’s own high priority', () => withPhoto(PIPELINE, ['priority', '1']), ['/priority forbidden']],
    ['a name that is too long', () => withPhoto(PIPELINE, ['name', 'x'.repeat(101)]), ['/name too_big']],
    ['text for photos', () => withPhoto(PIPELINE, ['images', 'x']), ['/images not_a_file']],
    [
      'files and uploads',
      () => withPhoto(PIPELINE, ['image_upload_ids', SOME_ID]),
      ['/image_upload_ids conflict'],
    ],
    [
      'a single picture’s field',
      async () => [PIPELINE, ['image', (await picture('a.png'))[1]]],
      ['/image unknown_field'],
    ],
  ];
  test.each(cases)('%s', async (_name, fields, pointers) => {
    const answer = await (await client()).post(postBatch, await fields());
    expect(answer.status).toBe(422);
    expect((await refusedFields(answer)).sort()).toEqual(pointers.sort());
    await nothingIsLeft();
  });

  test.each([[[SOME_ID, 4]], [{ id: SOME_ID }], [4]])('%j for a list of uploads', async (ids) => {
    const answer = await (
      await client()
    ).postJson(postBatch, { pipeline: 'photo-realistic', image_upload_ids: ids });
    expect(await refusedFields(answer)).toEqual(['/image_upload_ids invalid']);
    await nothingIsLeft();
  });

  test('more pictures than a batch may have', async () => {
    const most = settings().batchPictures;
    const anna = await client();
    const ids = Array.from({ length: most + 1 }, () => SOME_ID);
    const answer = await anna.postJson(postBatch, { pipeline: 'photo-realistic', image_upload_ids: ids });
    expect(await answer.json()).toMatchObject({
      errors: [{ pointer: '/image_upload_ids', code: 'too_many', allowed: { maximum: most } }],
    });
    const files = Array.from({ length: most + 1 }, (_, index) => file(`${index}.png`, 'x'));
    expect(await refusedFields(await anna.post(postBatch, [PIPELINE, ...files]))).toEqual([
      '/images too_many',
    ]);
    const more = [...files, file('a.png', 'x'), file('b.png', 'x')];
    expect((await anna.post(postBatch, [PIPELINE, ...more])).status).toBe(400);
    await nothingIsLeft();
  });
});
