import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { drill } from '#lib/pipelines/drill';
import { drillChain } from '../drill-chain.ts';
import { hasS3, S3Server } from '../servers/s3.ts';
import { hasSqld, Sqld } from '../servers/sqld.ts';
import { waitFor } from '../wait-for.ts';
import { Api } from './api.ts';
import { type Happening, history, recordHistory } from './history.ts';
import { Host } from './host.ts';
import { Studio } from './studio.ts';

const STEPS = 30;
const SETTINGS = {
  MULTIPLANE_DRILL: 'on',
  MULTIPLANE_LEASE_MS: '3000',
  MULTIPLANE_CONCURRENCY: '2',
  MULTIPLANE_LOG_LEVEL: 'info',
};

let database: Sqld;
let files: S3Server;
let studio: Studio;
let api: Api;
let hosts: Host[];
/** The ids under which the hosts' workers work. */
let workers: string[];

beforeAll(async () => {
  if (!hasSqld || !hasS3) return;
  [database, files] = await Promise.all([Sqld.start(), S3Server.start()]);
  const shared = { ...SETTINGS, MULTIPLANE_DATABASE_URL: database.url, ...files.environment('scale-out') };
  studio = await Studio.create(shared);
  await recordHistory(studio.db);
  api = await Api.create(studio);
  await studio.startWeb();
  const places = { database: database.url, files: files.settings('').endpoint! };
  hosts = await Promise.all([1, 2, 3].map(() => Host.start(studio.env, places)));
  workers = await Promise.all(hosts.map(workerOf));
});
afterAll(async () => {
  if (!hasSqld || !hasS3) return;
  await Promise.all(hosts.map((host) => host.dispose()));
  await studio.dispose();
  await Promise.all([database.dispose(), files.dispose()]);
});

/** Queue this many drills; their ids. */
async function queue(count: number): Promise<string[]> {
  const fields = { pipeline: 'drill', steps: String(STEPS), step_ms: '60' };
  const answers = await Promise.all(Array.from({ length: count }, () => api.submit(null, fields)));
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 202));
  const jobs = (await Promise.all(answers.map((answer) => answer.json()))) as { id: string }[];
  return jobs.map(({ id }) => id);
}

async function workerOf(host: Host): Promise<string> {
  const { rows } = await studio.db.$client.execute({
    sql: 'SELECT id FROM workers WHERE pid = ?',
    args: [host.pid],
  });
  return rows[0]!['id'] as string;
}

/** The jobs a worker holds. */
async function heldBy(worker: string): Promise<string[]> {
  const { rows } = await studio.db.$client.execute({
    sql: "SELECT id FROM jobs WHERE status = 'processing' AND worker_id = ?",
    args: [worker],
  });
  return rows.map(({ id }) => id as string);
}

const untilBusy = (worker: string) =>
  waitFor('a worker to hold as much as it can', async () => {
    const held = await heldBy(worker);
    return held.length === 2 ? held : null;
  });

const untilRelieved = (worker: string) =>
  waitFor('the jobs of a worker to be taken from it', async () => (await heldBy(worker)).length === 0);

/** Wait until another runs one of the jobs that the worker believes to be its own. */
const untilReplaced = (worker: string, jobs: string[]) =>
  waitFor('another worker to run what one had', async () => {
    const others = await Promise.all(workers.filter((id) => id !== worker).map(heldBy));
    return jobs.some((job) => others.flat().includes(job));
  });

const untilItKnows = (host: Host) =>
  waitFor('a worker to find out that it lost its lease', async () =>
    (await host.log()).includes('lease lost, result dropped'),
  );

const claimsOf = async (worker: string) =>
  (await history(studio.db)).filter(({ event, worker_id }) => event === 'claimed' && worker_id === worker);

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** The job is whole: completed at the first attempt that counts, and its files are what they have to be. */
async function expectWhole(id: string): Promise<void> {
  const { attempt, outputs } = await api.untilStatus(id, 'completed');
  expect(attempt).toBe(1);
  expect(outputs.map(({ name }) => name)).toEqual(['chain.txt', 'result.json', 'receipt.json']);
  const served = await Promise.all(outputs.map(({ name }) => api.output(id, name)));
  expect(served.map(sha256)).toEqual(outputs.map((output) => output.sha256));
  expect(served[0]!.toString()).toBe(`${drillChain(id, null, STEPS).join('\n')}\n`);
}

/** Each job was completed once, and each of its stages recorded once. */
function expectDoneOnce(ids: string[], happenings: Happening[]): void {
  const done = happenings.filter(({ event }) => event !== 'claimed');
  const expected = ids.flatMap((id) => [
    ...drill.stages.map(({ name }) => `${id} stage recorded ${name}`),
    `${id} completed null`,
  ]);
  expect(done.map(({ job_id, event, stage }) => `${job_id} ${event} ${stage}`).sort()).toEqual(
    expected.sort(),
  );
}

describe.runIf(hasSqld && hasS3)('three hosts that share a database server and a bucket', () => {
  test('lose nothing and do nothing twice while one dies, one stands still and one is cut off', async () => {
    const [dying, standing, severed] = hosts as [Host, Host, Host];
    const ids = await queue(18);
    await Promise.all(workers.map(untilBusy));

    await dying.kill();
    const begun = await untilBusy(workers[1]!);
    standing.freeze();
    await untilReplaced(workers[1]!, begun);
    standing.thaw();
    await untilItKnows(standing);
    await untilRelieved(workers[0]!);

    await untilBusy(workers[2]!);
    severed.cutNetwork();
    await untilRelieved(workers[2]!);
    await untilItKnows(severed);
    severed.restoreNetwork();

    const before = await Promise.all([workers[1]!, workers[2]!].map(claimsOf));
    ids.push(...(await queue(8)));
    await waitFor('both to work again', async () => {
      const now = await Promise.all([workers[1]!, workers[2]!].map(claimsOf));
      return now.every((claims, index) => claims.length > before[index]!.length);
    });
    await Promise.all(ids.map(expectWhole));
    expectDoneOnce(ids, await history(studio.db));
    expect((await studio.db.$client.execute('PRAGMA integrity_check')).rows[0]![0]).toBe('ok');
  });
});
