import { emptyStudio } from '#tests/studio-folder';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { POST as generate } from '#app/api/v1/generate/route';
import { GET as getJob } from '#app/api/v1/jobs/[id]/route';
import type { Database } from '#lib/db/client';
import { database } from '#lib/db/connection';
import { jobs } from '#lib/db/schema/jobs';
import { cancelJob } from '#lib/jobs/requests';
import type { JobResource } from '#lib/jobs/resource';
import { watcherOf } from '#lib/jobs/watch/job-watcher';
import { ApiClient } from '#tests/api-client';
import { makeJob, makeUpload, NOW } from '#tests/factories';
import { waitFor } from '#tests/wait-for';
import { MOST_OPEN, takePlace } from './events/open-streams.ts';
import { secondsToWait } from './prefer-wait.ts';

let db: Database;
let anna: ApiClient;

beforeEach(async () => {
  db = await database();
  anna = await ApiClient.create(db);
});
afterEach(async () => {
  await waitFor('nobody to be waited for', () => watcherOf(db).size === 0);
  await emptyStudio();
});

const submit = async (prefer: string, signal?: AbortSignal) => {
  const { id } = await makeUpload(db, anna.actor);
  const init = { method: 'POST', headers: { Prefer: prefer, 'Content-Type': 'application/json' } };
  const body = JSON.stringify({ pipeline: 'photo-realistic', image_upload_id: id });
  return anna.call(generate, { ...init, body, ...(signal && { signal }) });
};

const look = (id: string, prefer: string, signal?: AbortSignal) =>
  anna.call(getJob, { params: { id }, headers: { Prefer: prefer }, ...(signal && { signal }) });

const isWaitedFor = () => waitFor('somebody to wait', () => watcherOf(db).size > 0);

test.each([
  ['wait=10', 10],
  ['respond-async, wait=10', 10],
  ['WAIT = "7"; foo=bar', 7],
  ['wait=5, wait=9', 5],
  ['wait=1000', 60],
  ['wait=0', 0],
  ['wait', null],
  ['wait=soon', null],
  ['wait=-1', null],
  ['wait=1.5', null],
  ['waiting=3', null],
  ['', null],
])('Prefer: %s asks to wait %s seconds', (prefer, seconds) => {
  expect(secondsToWait(new Request('http://studio.test', { headers: { prefer } }))).toBe(seconds);
});

describe('a submission that would wait', () => {
  test('is answered with the job once it has ended', async () => {
    const answering = submit('wait=60');
    await isWaitedFor();
    const [job] = await db.select().from(jobs);
    await cancelJob(db, anna.actor, job!.id, NOW);
    const answer = await answering;
    expect(answer.status).toBe(200);
    expect(answer.headers.get('preference-applied')).toBe('wait=60');
    expect(answer.headers.get('location')).toBe(`/api/v1/jobs/${job!.id}`);
    expect(await answer.json()).toMatchObject({ id: job!.id, status: 'cancelled' });
  });

  test.each([
    ['wait=0', 'wait=0'],
    ['wait=no', null],
  ])('%s is answered at once: the job is accepted', async (prefer, applied) => {
    const answer = await submit(prefer);
    expect([answer.status, answer.headers.get('preference-applied')]).toEqual([202, applied]);
    expect(await answer.json()).toMatchObject({ status: 'pending' });
  });

  test('is let go of when its sender goes away', async () => {
    const leaving = new AbortController();
    const answering = submit('wait=60', leaving.signal);
    await isWaitedFor();
    leaving.abort();
    expect((await answering).status).toBe(202);
  });
});

describe('a look at a job that would wait', () => {
  test('has what it became', async () => {
    const { id } = await makeJob(db, anna.actor);
    const looking = look(id, 'wait=60');
    await isWaitedFor();
    await cancelJob(db, anna.actor, id, NOW);
    expect(await (await looking).json()).toMatchObject({ id, status: 'cancelled' });
    const again = await look(id, 'wait=60');
    expect([again.status, again.headers.get('preference-applied')]).toEqual([200, 'wait=60']);
  });

  test('has how far it is once the time is over', async () => {
    const { id } = await makeJob(db, anna.actor);
    const looked = await look(id, 'wait=1');
    expect(looked.status).toBe(200);
    expect(((await looked.json()) as JobResource).status).toBe('pending');
  });

  test('does not wait where its owner waits for enough already', async () => {
    const { id } = await makeJob(db, anna.actor);
    const leave = Array.from({ length: MOST_OPEN }, () => takePlace(anna.actor.userId)!);
    const looked = await look(id, 'wait=60');
    expect([looked.status, looked.headers.get('preference-applied')]).toEqual([200, null]);
    leave.forEach((one) => one());
  });

  test('of somebody else does not wait', async () => {
    const { id } = await makeJob(db, (await ApiClient.create(db)).actor);
    expect((await look(id, 'wait=60')).status).toBe(404);
  });
});
