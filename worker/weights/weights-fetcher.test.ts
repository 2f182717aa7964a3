import { EventEmitter } from 'node:events';
import type { RequestListener } from 'node:http';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import type { Actor } from '#lib/core/actor';
import { thisMachine } from '#lib/core/this-machine';
import type { Database } from '#lib/db/client';
import { jobs } from '#lib/db/schema/jobs';
import { weightFetches } from '#lib/db/schema/weights';
import { getJobResource } from '#lib/jobs/job-resources';
import { cancelJob } from '#lib/jobs/requests';
import type { Job } from '#lib/jobs/resource';
import { recordFetch } from '#lib/jobs/weight-fetches';
import { registerHeartbeat } from '#lib/jobs/workers';
import type { Model } from '#lib/models/model';
import { isPresent } from '#lib/models/weights';
import { testDatabase } from '#tests/database';
import { makeJob, makeUser, NOW } from '#tests/factories';
import { serve, useRegistry } from '#tests/local-server';
import { waitFor } from '#tests/wait-for';
import { sampleModel, sampleWeight } from '#tests/weights';
import { workerContext } from '#tests/worker-context';
import type { WorkerContext } from '../context.ts';
import { WeightsFetcher } from './weights-fetcher.ts';

let db: Database;
let actor: Actor;
let context: WorkerContext;

beforeEach(async () => {
  db = await testDatabase();
  actor = await makeUser(db);
  context = workerContext({ db });
  useRegistry('http://127.0.0.1:9');
  await heartbeat(context.workerId);
});

async function heartbeat(id: string): Promise<void> {
  const worker = { id, host: thisMachine(), pid: process.pid, version: '0', devices: [], capacity: 1 };
  await registerHeartbeat(db, { ...worker, nudgePort: null }, NOW);
}

/** A model of one file of 200 kB that a server of its own has, and every request for it. */
async function servedModel(
  id: string,
  answer: (bytes: Buffer, ...call: Parameters<RequestListener>) => void,
) {
  let requests = 0;
  const url = await serve((request, response) => {
    requests += 1;
    answer(bytes, request, response);
  });
  const { bytes, weight } = sampleWeight(`${url}/${id}.onnx`, 200 * 1024, `${id}.onnx`);
  return { model: sampleModel(id, [weight]), requests: () => requests };
}

function fetcherOf(...models: Model[]): WeightsFetcher {
  const fetcher = new WeightsFetcher(context, (id) => models.find((model) => model.id === id));
  onTestFinished(() => fetcher.stop());
  return fetcher;
}

/** A job that was found to lack the models, and is to be looked at again in a while. */
function lackingJob(...models: string[]): Promise<Job> {
  const error = { code: 'weights_missing', message: 'It is not here.', stage: null, retryable: true };
  const suggestions = [`Fetch it with: models download ${models.join(' ')}`];
  return makeJob(db, actor, { runAt: NOW + 20_000, error: { ...error, suggestions, models } });
}

const reasonOf = async ({ id }: Job) => (await getJobResource(db, actor, id, NOW)).waiting_reason;

test('a job is told how far its weights are, and is looked at as soon as they are here', async () => {
  const held = new EventEmitter();
  const { model } = await servedModel('net', (bytes, _request, response) => {
    response.write(bytes.subarray(0, 50 * 1024));
    held.once('go on', () => response.end(bytes.subarray(50 * 1024)));
  });
  const job = await lackingJob('net');
  fetcherOf(model).want(['net']);
  const first = await waitFor('the announcement', () =>
    reasonOf(job).then((reason) => reason?.startsWith('F') && reason),
  );
  expect(first).toBe('Fetching net: 0 of 200 kB');
  await waitFor('a quarter', async () => (await reasonOf(job)) === 'Fetching net: 50 of 200 kB');
  held.emit('go on');
  await waitFor('the job to be woken', async () => (await reasonOf(job)) === 'Next in line');
  expect(isPresent(context.settings.weightsDir, model)).toBe(true);
  expect(await db.select().from(jobs)).toMatchObject([{ status: 'pending', attempt: 0, runAt: NOW }]);
  expect(await db.$count(weightFetches)).toBe(0);
});

test('what fails is said, and tried again by itself', async () => {
  let isOut = true;
  const { model, requests } = await servedModel('net', (bytes, _request, response) => {
    if (isOut) response.statusCode = 503;
    response.end(bytes);
    isOut = false;
  });
  const job = await lackingJob('net');
  fetcherOf(model).want(['net']);
  await waitFor('the failure', async () =>
    /^Fetching net failed: The source of net.onnx answered 503. Trying again at 00:00:0[12] UTC$/.test(
      (await reasonOf(job))!,
    ),
  );
  await waitFor('the next try', async () => (await reasonOf(job)) === 'Next in line');
  expect(requests()).toBe(2);
});

test('nothing is tried again of what nobody waits for any more', async () => {
  const { model, requests } = await servedModel('net', (_bytes, _request, response) => {
    response.writeHead(503).end();
  });
  const job = await lackingJob('net');
  await fetcherOf(model).resume();
  await waitFor('the failure', async () => (await reasonOf(job))?.includes('failed'));
  await cancelJob(db, actor, job.id, NOW);
  await waitFor('the end of it', async () => (await db.$count(weightFetches)) === 0);
  expect(requests()).toBe(1);
});

test('what no other try would mend is left to people', async () => {
  const absent = await servedModel('net', (_bytes, _request, response) => void response.writeHead(404).end());
  const other = await servedModel('other', (bytes, _request, response) => void response.end(bytes));
  const job = await lackingJob('net');
  const fetcher = fetcherOf(absent.model, other.model);
  fetcher.want(['net']);
  const told =
    'Weights missing: Fetching net failed: The source has no net.onnx. Fetch it with: models download net';
  await waitFor('the failure', async () => (await reasonOf(job)) === told);
  fetcher.want(['net', 'other']);
  await waitFor('the other', () => isPresent(context.settings.weightsDir, other.model));
  expect([absent.requests(), await reasonOf(job)]).toEqual([1, told]);
});

test('models come one after the other, and what a neighbour fetches is left to it', async () => {
  let [atOnce, most] = [0, 0];
  const answer = (bytes: Buffer, ...[, response]: Parameters<RequestListener>) => {
    most = Math.max(most, ++atOnce);
    response.end(bytes, () => (atOnce -= 1));
  };
  const served = await Promise.all(['a', 'b', 'theirs'].map((id) => servedModel(id, answer)));
  await heartbeat('neighbour');
  const theirs = {
    workerId: 'neighbour',
    model: 'theirs',
    title: 'Theirs',
    receivedBytes: 5,
    totalBytes: 10,
  };
  await recordFetch(db, { ...theirs, error: null, retryAt: null, updatedAt: NOW });
  const job = await lackingJob('theirs', 'a', 'b');
  const models = served.map(({ model }) => model);
  fetcherOf(...models).want(['theirs', 'a', 'b']);
  const { weightsDir } = context.settings;
  await waitFor('both', () => models.filter((model) => isPresent(weightsDir, model)).length === 2);
  expect({ most, requests: served.map(({ requests }) => requests()) }).toEqual({
    most: 1,
    requests: [1, 1, 0],
  });
  await waitFor('the rest', async () => (await reasonOf(job)) === 'Fetching Theirs: 5 of 10 B');
});
