import { emptyStudio, kept, NOTHING } from '#tests/studio-folder';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { POST as generate } from './route.ts';
import type { Database } from '#lib/db/client';
import { database } from '#lib/db/connection';
import { newId } from '#lib/core/ids';
import { getBatchResource } from '#lib/jobs/batches/batch-queries';
import { fileStore } from '#lib/media/store/storage';
import { rehearseJob } from '#lib/pipelines/submission/rehearse';
import { submitJob } from '#lib/pipelines/submission/submit';
import type { Submission } from '#lib/pipelines/submission/submission';
import { ApiClient, refusedFields } from '#tests/api-client';
import { makeBatch, NOW } from '#tests/factories';
import { drawPicture } from '#tests/images';
import { serveSecurely, wayToServer } from '#tests/secure-server';

const GONE = 'gs://photos/gone.png';
const PHOTO = 'gs://photos/2026/photo.png';

let db: Database;
let anna: ApiClient;

beforeEach(async () => {
  db = await database();
  anna = await ApiClient.create(db);
});
afterEach(emptyStudio);

/** Google's buckets, where everything is this picture but what is gone. */
async function buckets() {
  const bytes = await drawPicture(90, 80).png().toBuffer();
  const bucketsOrigin = await serveSecurely((request, response) =>
    response.writeHead(request.url!.endsWith('gone.png') ? 404 : 200).end(bytes),
  );
  return { ...wayToServer(), bucketsOrigin };
}

const fields = (more: Record<string, string>, pipeline = 'photo-realistic'): Submission => ({
  fields: Object.entries({ pipeline, ...more }),
  files: [],
});

const submit = async (submission: Submission) =>
  submitJob(db, fileStore(), anna.actor, submission, NOW, { fetching: await buckets() });

test('a photo by its address becomes an upload of the job’s', async () => {
  const job = await submit(fields({ image_url: PHOTO }));
  expect(job).toMatchObject({ status: 'pending', inputs: [{ role: 'image', filename: 'photo.png' }] });
  expect(await kept()).toEqual({ jobs: 1, uploads: 1, files: 1 });
});

test('both pictures of a video may be addresses', async () => {
  const video = { image_url: PHOTO, end_image_url: 'https://storage.googleapis.com/photos/end.png' };
  const job = await submit(fields(video, 'i2v'));
  expect(new Set(job.inputs.map(({ role }) => role))).toEqual(new Set(['image', 'end_image']));
  expect(await kept()).toEqual({ jobs: 1, uploads: 2, files: 1 });
});

test('one that is not there is said of its field, and the other is not kept', async () => {
  const video = fields({ image_url: PHOTO, end_image_url: GONE }, 'i2v');
  await expect(submit(video)).rejects.toMatchObject({
    code: 'fetch_failed',
    fields: [{ pointer: '/end_image_url' }],
  });
  expect(await kept()).toEqual(NOTHING);
});

test('a batch keeps word of one that is not there', async () => {
  const { id } = await makeBatch(db, anna.actor);
  await submit({
    fields: [
      ['batch_id', id],
      ['image_url', PHOTO],
    ],
    files: [],
  });
  await expect(
    submit({
      fields: [
        ['batch_id', id],
        ['image_url', GONE],
      ],
      files: [],
    }),
  ).rejects.toMatchObject({
    code: 'fetch_failed',
  });
  const { items } = await getBatchResource(db, anna.actor, id, NOW);
  expect(items.map(({ filename, status }) => [filename, status])).toEqual([
    ['photo.png', 'pending'],
    ['gone.png', 'refused'],
  ]);
});

test('a dry run fetches it too, and keeps nothing', async () => {
  const rehearsal = await rehearseJob(
    db,
    fileStore(),
    anna.actor,
    fields({ image_url: PHOTO }),
    NOW,
    await buckets(),
  );
  expect(rehearsal).toMatchObject({ inputs: [{ role: 'image', width: 90, height: 80 }] });
  expect(await kept()).toEqual(NOTHING);
});

describe('is refused before anything is fetched:', () => {
  const id = newId();
  const cases: [string, Record<string, unknown>, string[]][] = [
    ['a host that nobody listed', { image_url: 'https://elsewhere.example/a.png' }, ['/image_url host']],
    ['loopback', { image_url: 'https://127.0.0.1/a.png' }, ['/image_url host']],
    ['loopback in decimal', { image_url: 'https://2130706433/a.png' }, ['/image_url host']],
    ['the metadata service', { image_url: 'https://169.254.169.254/' }, ['/image_url host']],
    ['no address', { image_url: 'photo.png' }, ['/image_url invalid']],
    ['a number', { image_url: 7 }, ['/image_url invalid']],
    ['http', { image_url: 'http://storage.googleapis.com/photos/a.png' }, ['/image_url invalid']],
    ['a bucket alone', { image_url: 'gs://photos' }, ['/image_url object']],
    ['an upload besides', { image_url: PHOTO, image_upload_id: id }, ['/image_url conflict']],
    ['an end image', { image_url: PHOTO, end_image_url: PHOTO }, ['/end_image_url not_accepted']],
    ['two wrong things', { image_url: 'x', num_layers: 1 }, ['/num_layers too_small', '/image_url invalid']],
  ];
  test.each(cases)('%s', async (_name, more, refused) => {
    const answer = await anna.postJson(generate, { pipeline: 'photo-realistic', ...more });
    expect([answer.status, (await refusedFields(answer)).sort()]).toEqual([422, refused.sort()]);
    expect(await kept()).toEqual(NOTHING);
  });

  test('a file besides', async () => {
    const image = new Blob([new Uint8Array(await drawPicture(80, 80).png().toBuffer())]);
    const answer = await anna.post(generate, [
      ['image', image],
      ['image_url', PHOTO],
      ['pipeline', 'photo-realistic'],
    ]);
    expect(await refusedFields(answer)).toEqual(['/image_url conflict']);
    expect(await kept()).toEqual(NOTHING);
  });
});
