import { emptyStudio } from '#tests/studio-folder';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { GET as getEvents } from '#app/api/v1/jobs/[id]/events/route';
import type { Database } from '#lib/db/client';
import { database } from '#lib/db/connection';
import { apiKeys } from '#lib/db/schema/auth';
import { jobs } from '#lib/db/schema/jobs';
import { getJobResource } from '#lib/jobs/job-resources';
import { type Lease, reportProgress } from '#lib/jobs/lease';
import type { Job } from '#lib/jobs/resource';
import { claimJobs, completeJob } from '#lib/jobs/transitions';
import { watcherOf } from '#lib/jobs/watch/job-watcher';
import { ApiClient } from '#tests/api-client';
import { readEvents } from '#tests/event-reader';
import { makeJob, NOW } from '#tests/factories';
import { serveRoute } from '#tests/route-server';
import { waitFor } from '#tests/wait-for';
import { getJobEvents } from '../operations/events.ts';
import { routes, serve } from '../serve.ts';
import { answerEvents } from './answer-events.ts';
import { MOST_OPEN } from './open-streams.ts';

const PROGRESS = { value: 0.5, stage: 'a', stagesDone: 0, stagesTotal: 1, step: 1, steps: 2, message: 'A' };
const FILE = { role: 'layer', contentType: 'image/png', sizeBytes: 1, sha256: 'a', width: 1, height: 1 };
const RESULT = {
  outputs: ['a.png', 'b.png'].map((name, position) => ({ ...FILE, name, position, fileKey: name })),
  metrics: { stageMs: {}, totalMs: 1, peakMemoryBytes: null, device: 'cpu' },
  warnings: [],
};

let db: Database;
let anna: ApiClient;
let url: string;
/** Breaks off every connection that is still open. */
let leaving: AbortController;

beforeEach(async () => {
  db = await database();
  anna = await ApiClient.create(db);
  url = await serveRoute(({ url, headers, signal, method }) =>
    anna.call(getEvents, { params: { id: new URL(url).pathname.slice(1) }, headers, signal, method }),
  );
  leaving = new AbortController();
});
afterEach(async () => {
  leaving.abort();
  await waitFor('everybody to have gone', () => watcherOf(db).size === 0);
  await emptyStudio();
});

function connect(job: Job, lastEventId?: string): Promise<Response> {
  const headers = new Headers(lastEventId === undefined ? [] : [['Last-Event-ID', lastEventId]]);
  return fetch(`${url}/${job.id}`, { headers, signal: leaving.signal });
}

const follow = async (job: Job, lastEventId?: string) => readEvents(await connect(job, lastEventId));

async function next(events: ReturnType<typeof readEvents>) {
  const { value } = await events.next();
  return value!;
}

async function rest(events: ReturnType<typeof readEvents>) {
  const all = [];
  for await (const event of events) all.push(event);
  return all;
}

async function claim(): Promise<Lease> {
  const [job] = await claimJobs(db, { workerId: 'w', limit: 1, leaseMs: 1000 }, NOW + 1);
  return { jobId: job!.id, workerId: 'w', fence: job!.fence };
}

test('a job’s whole life, and its end', async () => {
  const job = await makeJob(db, anna.actor);
  const answer = await connect(job);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'text/event-stream',
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
  });
  const events = readEvents(answer);
  expect(await next(events)).toEqual({ retry: '2000' });
  const snapshot = await next(events);
  expect(snapshot.event).toBe('snapshot');
  expect(snapshot.data).toEqual(await getJobResource(db, anna.actor, job.id, Date.now()));

  const lease = await claim();
  expect(await next(events)).toMatchObject({
    event: 'status',
    data: { id: job.id, status: 'processing', attempt: 1 },
  });
  await reportProgress(db, lease, { ...PROGRESS, preview: { fence: 1, sequence: 1 } }, NOW + 2);
  const [preview, progress] = [await next(events), await next(events)];
  expect(preview).toMatchObject({
    event: 'preview',
    data: { preview_url: `/api/v1/jobs/${job.id}/preview?v=1.1` },
  });
  expect(progress).toMatchObject({ event: 'progress', data: { message: 'A', progress: { value: 0.5 } } });

  await completeJob(db, lease, RESULT, NOW + 3);
  const end = await rest(events);
  expect(end.map(({ event }) => event)).toEqual(['output', 'output', 'status']);
  const done = await getJobResource(db, anna.actor, job.id, Date.now());
  expect(end.map(({ data }) => data)).toEqual([...done.outputs, done]);
  const ids = [snapshot, preview, progress, ...end].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);

  expect((await connect(job, end.at(-1)!.id)).status).toBe(204);
  const missed = await rest(await follow(job, progress.id));
  expect(missed.slice(1)).toEqual(end);
  expect((await rest(await follow(job)))[1]).toMatchObject({ event: 'snapshot', data: done });
});

test('who comes back and has missed nothing waits for what comes', async () => {
  const job = await makeJob(db, anna.actor);
  const events = await follow(job);
  await next(events);
  const { id } = await next(events);
  await events.return();
  const again = await follow(job, id);
  await next(again);
  await claim();
  expect(await next(again)).toMatchObject({ event: 'status', data: { status: 'processing' } });
});

test('of somebody else’s job, and of none, there is nothing to hear', async () => {
  const job = await makeJob(db, (await ApiClient.create(db)).actor);
  expect((await connect(job)).status).toBe(404);
  expect((await connect({ ...job, id: 'none' })).status).toBe(404);
});

describe('places', () => {
  test('of one owner are so many; who goes away gives theirs back', async () => {
    const job = await makeJob(db, anna.actor);
    const open = await Promise.all(Array.from({ length: MOST_OPEN }, () => connect(job)));
    const refused = await connect(job);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refused.json()).toMatchObject({ code: 'too_many_streams' });

    const bert = await ApiClient.create(db);
    const other = await makeJob(db, bert.actor);
    const theirs = await bert.call(getEvents, { params: { id: other.id } });
    expect(theirs.status).toBe(200);
    await theirs.body!.cancel();

    leaving.abort();
    expect(open).toHaveLength(MOST_OPEN);
    await waitFor('the watcher to be alone', () => watcherOf(db).size === 0);
    leaving = new AbortController();
    expect((await connect(job)).status).toBe(200);
  });

  test('are not taken to look at the headers alone', async () => {
    const job = await makeJob(db, anna.actor);
    for (let n = 0; n <= MOST_OPEN; n++) {
      expect((await fetch(`${url}/${job.id}`, { method: 'HEAD' })).status).toBe(200);
    }
    expect(watcherOf(db).size).toBe(0);
  });
});

describe('a stream in which nothing happens', () => {
  const { GET: getQuickly } = routes(serve(getJobEvents, (call) => answerEvents(call, call.params.id, 20)));

  const followQuickly = async (job: Job) => {
    const answer = await anna.call(getQuickly, { params: { id: job.id }, signal: leaving.signal });
    const events = readEvents(answer);
    onTestFinished(() => void events.return());
    return events;
  };

  test('says now and then that it is there', async () => {
    const events = await followQuickly(await makeJob(db, anna.actor));
    const heard = [];
    for (let n = 0; n < 4; n++)
      heard.push(
        Object.keys(await next(events))
          .sort()
          .join(' '),
      );
    expect(heard).toEqual(['retry', 'data event id', 'comment', 'comment']);
  });

  test('ends with the key by which it was opened', async () => {
    const events = await followQuickly(await makeJob(db, anna.actor));
    await next(events);
    await db.update(apiKeys).set({ revokedAt: NOW }).where(eq(apiKeys.ownerId, anna.actor.userId));
    expect((await rest(events)).at(-1)?.event).not.toBe('status');
  });

  test('ends when the job is gone', async () => {
    const job = await makeJob(db, anna.actor);
    const events = await follow(job);
    await next(events);
    await db.delete(jobs).where(eq(jobs.id, job.id));
    expect((await rest(events)).map(({ event }) => event)).toEqual(['snapshot']);
  });
});
