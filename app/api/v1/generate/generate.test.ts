import { emptyStudio, kept, NOTHING } from '#tests/studio-folder';
import { afterEach, describe, expect, test } from 'vitest';
import { POST as generate } from './route.ts';
import { POST as postUpload } from '#app/api/v1/uploads/route';
import { database } from '#lib/db/connection';
import { jobs } from '#lib/db/schema/jobs';
import type { JobResource } from '#lib/jobs/resource';
import type { UploadResource } from '#lib/media/uploads';
import { ApiClient } from '#tests/api-client';
import { drawAnimation, drawPicture, drawPngClaiming } from '#tests/images';

const PIPELINE: [string, string] = ['pipeline', 'photo-realistic'];

async function picture(width = 80, height = 70, type = 'image/png'): Promise<Blob> {
  return new Blob([new Uint8Array(await drawPicture(width, height).png().toBuffer())], { type });
}

async function bytesOf(drawn: Promise<Buffer>): Promise<Blob> {
  return new Blob([new Uint8Array(await drawn)]);
}

afterEach(emptyStudio);

describe('POST /generate takes', () => {
  test('a photo as a form, and answers with the job', async () => {
    const client = await ApiClient.create(await database());
    const answer = await client.post(generate, [['image', await picture()], PIPELINE, ['num_layers', '3']]);
    const job = (await answer.json()) as JobResource;
    expect(answer.status).toBe(202);
    expect(answer.headers.get('location')).toBe(`/api/v1/jobs/${job.id}`);
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
    expect(answer.headers.get('x-request-id')).toBeTruthy();
    expect(job).toMatchObject({
      pipeline: 'photo-realistic',
      model: 'auto',
      status: 'pending',
      params: { num_layers: 3 },
      inputs: [{ role: 'image' }],
      outputs: [],
    });
    expect(await kept()).toEqual({ jobs: 1, uploads: 1, files: 1 });
    const [row] = await (await database()).select({ inputPixels: jobs.inputPixels }).from(jobs);
    expect(row).toEqual({ inputPixels: 80 * 70 });
  });

  test('an earlier upload by its id, as JSON and as an urlencoded form', async () => {
    const client = await ApiClient.create(await database());
    const { id } = (await (
      await client.post(postUpload, [['image', await picture()]])
    ).json()) as UploadResource;
    const asJson = await client.postJson(generate, {
      pipeline: 'photo-realistic',
      image_upload_id: id,
      num_layers: 2,
      priority: -3,
      model: 'fastdepth',
    });
    expect(await asJson.json()).toMatchObject({
      inputs: [{ role: 'image', upload_id: id }],
      params: { num_layers: 2 },
      priority: -3,
      model: 'fastdepth',
    });
    const body = new URLSearchParams([PIPELINE, ['image_upload_id', id], ['num_layers', '']]);
    const asForm = await client.call(generate, { method: 'POST', body });
    expect(await asForm.json()).toMatchObject({ params: { num_layers: 4 } });
    expect(await kept()).toEqual({ jobs: 2, uploads: 1, files: 1 });
  });
});

describe('POST /generate refuses, and keeps nothing of', () => {
  type Fields = [string, string | Blob][];
  const withImage = async (...more: Fields): Promise<Fields> => [
    ['image', await picture()],
    PIPELINE,
    ...more,
  ];
  const someId = '019a9f00-0000-7000-8000-000000000000';
  const cases: [string, () => Promise<Fields> | Fields, number, string, string[]][] = [
    ['no image', () => [PIPELINE], 422, 'validation_failed', ['/image']],
    ['two images', async () => withImage(['image', await picture()]), 422, 'validation_failed', ['/image']],
    ['no pipeline', async () => [['image', await picture()]], 422, 'validation_failed', ['/pipeline']],
    [
      'an unknown pipeline and field',
      async () => [
        ['image', await picture()],
        ['pipeline', 'x'],
        ['nonsense', '1'],
      ],
      422,
      'validation_failed',
      ['/pipeline', '/nonsense'],
    ],
    ['one layer', () => withImage(['num_layers', '1']), 422, 'validation_failed', ['/num_layers']],
    ['nine layers', () => withImage(['num_layers', '9']), 422, 'validation_failed', ['/num_layers']],
    ['half a layer', () => withImage(['num_layers', '3.5']), 422, 'validation_failed', ['/num_layers']],
    [
      'a word for a number',
      () => withImage(['num_layers', 'four']),
      422,
      'validation_failed',
      ['/num_layers'],
    ],
    ['a hexadecimal', () => withImage(['num_layers', '0x4']), 422, 'validation_failed', ['/num_layers']],
    [
      'a priority that is no decimal',
      () => withImage(['priority', ' 0x1 ']),
      422,
      'validation_failed',
      ['/priority'],
    ],
    [
      'a field twice',
      () => withImage(['num_layers', '3'], ['num_layers', '4']),
      422,
      'validation_failed',
      ['/num_layers'],
    ],
    [
      'a field of another pipeline',
      () => withImage(['prompt', 'a cat']),
      422,
      'validation_failed',
      ['/prompt'],
    ],
    [
      'a file in a field that takes none',
      async () => withImage(['mask', await picture()]),
      422,
      'validation_failed',
      ['/mask'],
    ],
    ['a model of another task', () => withImage(['model', 'u2netp']), 422, 'validation_failed', ['/model']],
    [
      'an unknown model',
      () => withImage(['model', '../../etc/passwd']),
      422,
      'validation_failed',
      ['/model'],
    ],
    [
      'an address',
      () => [PIPELINE, ['image_url', 'https://storage.googleapis.com/a/b.png']],
      422,
      'validation_failed',
      ['/image_url'],
    ],
    [
      'an end image',
      async () => withImage(['end_image', await picture()]),
      422,
      'validation_failed',
      ['/end_image'],
    ],
    [
      'a file and an upload id',
      () => withImage(['image_upload_id', someId]),
      422,
      'validation_failed',
      ['/image_upload_id'],
    ],
    [
      'an upload that is not there',
      () => [PIPELINE, ['image_upload_id', someId]],
      422,
      'validation_failed',
      ['/image_upload_id'],
    ],
    [
      'an upload id that is none',
      () => [PIPELINE, ['image_upload_id', '../x']],
      422,
      'validation_failed',
      ['/image_upload_id'],
    ],
    ['text for an image', () => [PIPELINE, ['image', 'iVBORw0KGgo=']], 422, 'validation_failed', ['/image']],
    [
      'several things at once',
      () => [['num_layers', '0'], PIPELINE, ['model', 'x'], ['a/b~', '1']],
      422,
      'validation_failed',
      ['/a~1b~0', '/model', '/num_layers', '/image'],
    ],
    [
      'something that is no picture',
      () => [PIPELINE, ['image', new Blob(['hello'])]],
      415,
      'unsupported_media_type',
      ['/image'],
    ],
    ['an empty file', () => [PIPELINE, ['image', new Blob([])]], 415, 'unsupported_media_type', ['/image']],
    [
      'a PNG that says it is a JPEG',
      async () => [PIPELINE, ['image', await picture(80, 80, 'image/jpeg')]],
      422,
      'image_type_mismatch',
      ['/image'],
    ],
    [
      '63 pixels',
      async () => [PIPELINE, ['image', await picture(63, 64)]],
      422,
      'image_dimensions',
      ['/image'],
    ],
    [
      '4097 pixels',
      async () => [PIPELINE, ['image', await picture(4097, 64)]],
      422,
      'image_dimensions',
      ['/image'],
    ],
    [
      'a pixel bomb',
      async () => [PIPELINE, ['image', await bytesOf(drawPngClaiming(60_000, 60_000))]],
      422,
      'image_dimensions',
      ['/image'],
    ],
    [
      'an animation',
      async () => [PIPELINE, ['image', await bytesOf(drawAnimation('gif'))]],
      422,
      'image_animated',
      ['/image'],
    ],
    [
      'a broken picture',
      async () => [PIPELINE, ['image', (await picture()).slice(0, 900)]],
      422,
      'image_unreadable',
      ['/image'],
    ],
    [
      '10 MB and a byte',
      () => [PIPELINE, ['image', new Blob([new Uint8Array(10 * 1024 * 1024 + 1)])]],
      413,
      'payload_too_large',
      ['/image'],
    ],
    ['a field of a megabyte', () => withImage(['num_layers', '4'.repeat(1_000_000)]), 400, 'bad_request', []],
    [
      'a hundred fields',
      () => withImage(...Array.from({ length: 100 }, (_, i): [string, string] => [`f${i}`, ''])),
      400,
      'bad_request',
      [],
    ],
    [
      'five files',
      async () =>
        withImage(
          ...(await Promise.all(
            [1, 2, 3, 4].map(async (i): Promise<[string, Blob]> => [`f${i}`, await picture()]),
          )),
        ),
      400,
      'bad_request',
      [],
    ],
  ];
  test.each(cases)('%s', async (_name, fields, status, code, pointers) => {
    const client = await ApiClient.create(await database());
    const answer = await client.post(generate, await fields());
    const problem = (await answer.json()) as { errors?: { pointer: string }[] };
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect({ status: answer.status, ...problem }).toMatchObject({
      status,
      code,
      title: expect.any(String),
      detail: expect.any(String),
      request_id: answer.headers.get('x-request-id'),
    });
    expect((problem.errors ?? []).map((error) => error.pointer)).toEqual(pointers);
    expect(await kept()).toEqual(NOTHING);
  });

  test('says what would be right', async () => {
    const client = await ApiClient.create(await database());
    const answer = await client.post(generate, await withImage(['num_layers', '9'], ['pipelin', '']));
    expect(await answer.json()).toMatchObject({
      errors: [
        {
          pointer: '/pipelin',
          code: 'unknown_field',
          allowed: expect.arrayContaining(['pipeline', 'num_layers', 'image']),
        },
        { pointer: '/num_layers', code: 'too_big', allowed: { minimum: 2, maximum: 8 } },
      ],
    });
  });

  test('another person’s upload', async () => {
    const [anna, bert] = await Promise.all([0, 1].map(async () => ApiClient.create(await database())));
    const { id } = (await (
      await anna!.post(postUpload, [['image', await picture()]])
    ).json()) as UploadResource;
    const answer = await bert!.postJson(generate, { pipeline: 'photo-realistic', image_upload_id: id });
    expect(await answer.json()).toMatchObject({
      errors: [{ pointer: '/image_upload_id', code: 'not_found' }],
    });
  });
});
