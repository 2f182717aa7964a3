import { emptyStudio, kept, NOTHING } from '#tests/studio-folder';
import { afterEach, describe, expect, test } from 'vitest';
import { POST as cancel } from './[id]/cancel/route.ts';
import { GET as getOutput } from './[id]/outputs/[name]/route.ts';
import { POST as retry } from './[id]/retry/route.ts';
import { DELETE as deleteJob, GET as getJob, PUT as putJob } from './[id]/route.ts';
import { GET as listJobs } from './route.ts';
import { GET as poll } from '#app/api/v1/queue/poll/route';
import { GET as getQueue } from '#app/api/v1/queue/route';
import { GET as getContent } from '#app/api/v1/uploads/[id]/content/route';
import { GET as getUpload } from '#app/api/v1/uploads/[id]/route';
import { POST as postUpload } from '#app/api/v1/uploads/route';
import { database } from '#lib/db/connection';
import { jobInputs, jobOutputs } from '#lib/db/schema/jobs';
import { uploads } from '#lib/db/schema/media';
import { fileStore } from '#lib/media/store/storage';
import type { UploadResource } from '#lib/media/uploads';
import { ApiClient } from '#tests/api-client';
import { makeJob, NOW } from '#tests/factories';
import { drawPicture } from '#tests/images';

const NAME = 'Layer_1_background.png';
const BYTES = '0123456789';
const SHA256 = 'ab'.repeat(32);

afterEach(emptyStudio);

async function client(): Promise<ApiClient> {
  return ApiClient.create(await database());
}

/** A completed job with an uploaded input and one output, bytes and all. */
async function finishedJob(owner: ApiClient, contentType = 'image/png') {
  const db = await database();
  const { id: uploadId } = await sendPicture(owner);
  const job = await makeJob(db, owner.actor, { status: 'completed', fence: 1, attempt: 1 });
  const fileKey = `jobs/${job.id}/1/cut/${NAME}`;
  await fileStore().writeAtomic(fileKey, Buffer.from(BYTES));
  await db.insert(jobInputs).values({ jobId: job.id, role: 'image', uploadId });
  const file = { name: NAME, contentType, sizeBytes: BYTES.length, sha256: SHA256, fileKey };
  await db.insert(jobOutputs).values({ jobId: job.id, position: 0, role: 'layer', ...file });
  return { job, uploadId };
}

async function sendPicture(owner: ApiClient): Promise<UploadResource> {
  const png = new Uint8Array(await drawPicture(80, 70).png().toBuffer());
  const answer = await owner.post(postUpload, [
    ['image', new File([png], 'Früh “8”.png', { type: 'image/png' })],
  ]);
  return (await answer.json()) as UploadResource;
}

test('an upload can be looked at and read back', async () => {
  const anna = await client();
  const upload = await sendPicture(anna);
  const params = { id: upload.id };
  expect(await (await anna.call(getUpload, { params })).json()).toEqual(upload);
  expect(upload).toMatchObject({
    filename: 'Früh “8”.png',
    format: 'png',
    width: 80,
    height: 70,
    has_alpha: false,
  });
  const content = await anna.call(getContent, { params });
  expect(content.headers.get('content-type')).toBe('image/png');
  expect(content.headers.get('content-disposition')).toBe(
    `inline; filename="Fr_h _8_.png"; filename*=UTF-8''Fr%C3%BCh%20%E2%80%9C8%E2%80%9D.png`,
  );
  expect(Buffer.from(await content.arrayBuffer())).toEqual(await drawPicture(80, 70).png().toBuffer());
});

test('an upload takes one picture in its one field', async () => {
  const anna = await client();
  const png = new Blob([new Uint8Array(await drawPicture(80, 70).png().toBuffer())]);
  const refused = async (...fields: [string, string | Blob][]) => {
    const answer = await anna.post(postUpload, fields);
    const { errors } = (await answer.json()) as { errors: { pointer: string; code: string }[] };
    return errors.map(({ pointer, code }) => `${pointer} ${code}`);
  };
  expect(await refused()).toEqual(['/image required']);
  expect(await refused(['image', png], ['image', png])).toEqual(['/image duplicate']);
  expect(await refused(['image', png], ['name', 'x'])).toEqual(['/name unknown_field']);
  expect(await kept()).toEqual(NOTHING);
});

const asked = async (headers: Record<string, string> = {}, method = 'GET', query = '') => {
  const anna = await client();
  const { job } = await finishedJob(anna);
  const answer = await anna.call(getOutput, { params: { id: job.id, name: NAME }, headers, method, query });
  return {
    status: answer.status,
    text: await answer.text(),
    header: (name: string) => answer.headers.get(name),
  };
};

describe('an output', () => {
  test('is served whole, with what a browser needs to know', async () => {
    const { status, text, header } = await asked();
    expect([status, text]).toEqual([200, BYTES]);
    expect(header('content-type')).toBe('image/png');
    expect(header('content-length')).toBe('10');
    expect(header('etag')).toBe(`"${SHA256}"`);
    expect(header('cache-control')).toBe('private, no-cache, no-transform');
    expect(header('x-content-type-options')).toBe('nosniff');
    expect(header('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'; sandbox");
    expect(header('content-disposition')).toMatch(/^inline; filename="Layer_1_background.png"/);
  });

  test('is saved instead of shown when asked', async () => {
    const { header } = await asked({}, 'GET', 'download=1');
    expect(header('content-disposition')).toMatch(/^attachment; /);
  });

  test.each(['video/mp4', 'video/webm', 'image/gif', 'image/webp'])(
    'is served as %s, in parts',
    async (type) => {
      const anna = await client();
      const { job } = await finishedJob(anna, type);
      const params = { id: job.id, name: NAME };
      const part = await anna.call(getOutput, { params, headers: { range: 'bytes=0-' } });
      expect([part.status, part.headers.get('content-range')]).toEqual([206, 'bytes 0-9/10']);
      expect(part.headers.get('content-type')).toBe(type);
      expect(await part.text()).toBe(BYTES);
      // A browser makes a page of a video by itself, and that page fetches it.
      const policy = part.headers.get('content-security-policy')!;
      expect(policy.includes("media-src 'self'")).toBe(type.startsWith('video/'));
      expect(policy.includes('sandbox')).toBe(!type.startsWith('video/'));
    },
  );

  test('tells a part of it to HEAD', async () => {
    const { status, text, header } = await asked({ range: 'bytes=-4' }, 'HEAD');
    expect([status, text, header('content-range')]).toEqual([206, '', 'bytes 6-9/10']);
  });

  test('has no body for HEAD', async () => {
    const { status, text, header } = await asked({}, 'HEAD');
    expect([status, text, header('content-length')]).toEqual([200, '', '10']);
  });

  test.each([
    ['bytes=0-3', '0123', 'bytes 0-3/10'],
    ['bytes=7-', '789', 'bytes 7-9/10'],
    ['bytes=7-99', '789', 'bytes 7-9/10'],
    ['bytes=-2', '89', 'bytes 8-9/10'],
    ['bytes=-99', BYTES, 'bytes 0-9/10'],
  ])('gives the range %s', async (range, part, contentRange) => {
    const { status, text, header } = await asked({ range });
    expect([status, text, header('content-range')]).toEqual([206, part, contentRange]);
    expect(header('content-length')).toBe(String(part.length));
  });

  test.each(['bytes=10-', 'bytes=99-100', 'bytes=-0'])('has nothing for the range %s', async (range) => {
    const { status, text, header } = await asked({ range });
    expect([status, header('content-range')]).toEqual([416, 'bytes */10']);
    expect(JSON.parse(text)).toMatchObject({ status: 416, code: 'range_not_satisfiable' });
  });

  test.each(['bytes=3-1', 'bytes=-', 'bytes=0-1,4-5', 'lines=1-2', 'nonsense'])(
    'comes whole for the range %s',
    async (range) => {
      const { status, text } = await asked({ range });
      expect([status, text]).toEqual([200, BYTES]);
    },
  );

  test('comes whole where the range was for another version', async () => {
    expect((await asked({ range: 'bytes=0-1', 'if-range': '"other"' })).text).toBe(BYTES);
    expect((await asked({ range: 'bytes=0-1', 'if-range': `"${SHA256}"` })).text).toBe('01');
  });

  test.each([`"${SHA256}"`, `W/"${SHA256}"`, `"other", "${SHA256}"`, '*'])(
    'is not sent again to who has %s',
    async (tag) => {
      const { status, text } = await asked({ 'if-none-match': tag });
      expect([status, text]).toEqual([304, '']);
      expect((await asked({ 'if-none-match': '"other"' })).status).toBe(200);
    },
  );

  test.each(['nothing.png', '../../../auth-secret', '%2e%2e', 'jobs', ''])('%j is none', async (name) => {
    const anna = await client();
    const { job } = await finishedJob(anna);
    expect((await anna.call(getOutput, { params: { id: job.id, name } })).status).toBe(404);
  });
});

describe('somebody else', () => {
  test('finds nothing: 404 everywhere, and nothing has changed', async () => {
    const [anna, bert] = [await client(), await client()];
    const { job, uploadId } = await finishedJob(anna);
    const waiting = await makeJob(await database(), anna.actor);
    const [ofJob, ofUpload] = [{ id: job.id }, { id: uploadId }];
    const answers = await Promise.all([
      bert.call(getJob, { params: ofJob }),
      bert.call(deleteJob, { params: ofJob, method: 'DELETE' }),
      bert.call(retry, { params: ofJob, method: 'POST' }),
      bert.call(cancel, { params: { id: waiting.id }, method: 'POST' }),
      bert.call(getOutput, { params: { ...ofJob, name: NAME } }),
      bert.call(getUpload, { params: ofUpload }),
      bert.call(getContent, { params: ofUpload }),
    ]);
    expect(answers.map((answer) => answer.status)).toEqual(Array(7).fill(404));
    expect(await (await bert.call(listJobs)).json()).toEqual({ items: [], next_cursor: null });
    expect(await (await bert.call(getQueue)).json()).toMatchObject({
      counts: { completed: 0, pending: 0 },
      tasks: [],
    });
    expect(await (await bert.call(poll)).json()).toMatchObject({ pending_count: 0, active_tasks: [] });
    expect(await (await anna.call(getJob, { params: { id: waiting.id } })).json()).toMatchObject({
      status: 'pending',
    });
    expect((await anna.call(getOutput, { params: { ...ofJob, name: NAME } })).status).toBe(200);
  });

  test('without a key is asked for one, by problem+json', async () => {
    const request = new Request('http://studio.test/api/v1/jobs', { headers: { 'x-request-id': 'mine-1' } });
    const answer = await listJobs(request, { params: Promise.resolve({}) });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(await answer.json()).toMatchObject({ code: 'unauthenticated', status: 401, request_id: 'mine-1' });
  });
});

describe('a job', () => {
  test('is deleted with its files and its pictures once it has ended, and not before', async () => {
    const anna = await client();
    const { job } = await finishedJob(anna);
    // As if it had been sent with the job.
    await (await database()).update(uploads).set({ kept: false });
    const waiting = await makeJob(await database(), anna.actor);
    const refused = await anna.call(deleteJob, { params: { id: waiting.id }, method: 'DELETE' });
    expect(refused.status).toBe(409);
    await anna.call(cancel, { params: { id: waiting.id }, method: 'POST' });
    for (const { id } of [job, waiting]) {
      expect((await anna.call(deleteJob, { params: { id }, method: 'DELETE' })).status).toBe(204);
      expect((await anna.call(getJob, { params: { id } })).status).toBe(404);
    }
    expect(await kept()).toEqual(NOTHING);
  });

  test('deleted leaves a picture that was uploaded by itself', async () => {
    const anna = await client();
    const { job, uploadId } = await finishedJob(anna);
    await anna.call(deleteJob, { params: { id: job.id }, method: 'DELETE' });
    expect((await anna.call(getContent, { params: { id: uploadId } })).status).toBe(200);
  });

  test('deleted leaves a picture that another job takes', async () => {
    const anna = await client();
    const { job, uploadId } = await finishedJob(anna);
    await (await database()).update(uploads).set({ kept: false });
    const other = await makeJob(await database(), anna.actor);
    await (await database()).insert(jobInputs).values({ jobId: other.id, role: 'image', uploadId });
    await anna.call(deleteJob, { params: { id: job.id }, method: 'DELETE' });
    expect((await anna.call(getContent, { params: { id: uploadId } })).status).toBe(200);
  });

  test.each(['nonsense', '../../x', "' OR 1=1", '00000000-0000-0000-0000-000000000000'])(
    'of the id %j is none',
    async (id) => {
      expect((await (await client()).call(getJob, { params: { id } })).status).toBe(404);
    },
  );

  test('takes no other method', async () => {
    const answer = await (await client()).call(putJob, { params: { id: 'x' }, method: 'PUT' });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD, DELETE']);
    expect(await answer.json()).toMatchObject({ code: 'method_not_allowed' });
  });
});

describe('lists', () => {
  test('are filtered and come in pages', async () => {
    const [anna, db] = [await client(), await database()];
    for (let i = 0; i < 5; i++) await makeJob(db, anna.actor, { createdAt: NOW + i * 1000 });
    await makeJob(db, anna.actor, { status: 'completed' });
    const page = async (query: string) => {
      const answer = await anna.call(listJobs, { query });
      return (await answer.json()) as { items: { id: string }[]; next_cursor: string | null };
    };
    const first = await page('status=pending&limit=3');
    const second = await page(`status=pending&limit=3&cursor=${first.next_cursor}`);
    const ids = [...first.items, ...second.items].map((job) => job.id);
    expect([first.items.length, second.items.length, second.next_cursor]).toEqual([3, 2, null]);
    expect(new Set(ids).size).toBe(5);
    expect((await page('created_after=2026-01-01T00:00:03Z')).items).toHaveLength(2);
    expect((await page('pipeline=t2v&model=')).items).toHaveLength(0);
    expect(await (await anna.call(getQueue, { query: 'status=completed' })).json()).toMatchObject({
      counts: { pending: 5, processing: 0, completed: 1, failed: 0, cancelled: 0 },
      tasks: [{ status: 'completed' }],
    });
  });

  test.each([
    'status=done',
    'limit=0',
    'limit=101',
    'limit=x',
    'cursor=x',
    'created_after=soon',
    'limit=0x4',
    'colour=red',
    'status=completed&status=failed',
    'limit=&limit=5',
  ])('refuse the filter %s', async (query) => {
    const answer = await (await client()).call(listJobs, { query });
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({ errors: [{ pointer: `/${query.split('=')[0]}` }] });
  });
});

test('the poll changes its tag when the queue does, and answers 304 until then', async () => {
  const [anna, db] = [await client(), await database()];
  await makeJob(db, anna.actor, { params: { num_layers: 4, prompt: 'x'.repeat(1000) } });
  const first = await anna.call(poll);
  const etag = first.headers.get('etag')!;
  const body = (await first.json()) as { active_tasks: { params: { prompt: string } }[] };
  expect(body).toMatchObject({ pending_count: 1, processing_count: 0, has_active_tasks: true });
  expect(body.active_tasks[0]!.params.prompt).toHaveLength(100);
  const again = await anna.call(poll, { headers: { 'If-None-Match': etag } });
  expect([again.status, await again.text()]).toEqual([304, '']);
  await makeJob(db, anna.actor, { status: 'processing' });
  const changed = await anna.call(poll, { headers: { 'If-None-Match': etag } });
  expect(await changed.json()).toMatchObject({ pending_count: 1, processing_count: 1 });
});
