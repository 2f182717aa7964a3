import type { Client, InStatement } from '@libsql/client';
import { drizzle } from 'drizzle-orm/libsql';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Actor } from '#lib/core/actor';
import type { Database } from '#lib/db/client';
import { testDatabase, testDatabaseFile } from '#tests/database';
import { makeJob, makeUser, NOW } from '#tests/factories';
import { waitFor } from '#tests/wait-for';
import { reportProgress } from '../lease.ts';
import { stopQueue } from '../queue-control.ts';
import { cancelJob, deleteJob, retryJob } from '../requests.ts';
import type { Job } from '../resource.ts';
import { claimJobs, completeJob, failJob, retryJobLater } from '../transitions.ts';
import { JobWatcher } from './job-watcher.ts';
import type { JobNow } from './watched-jobs.ts';

const PROGRESS = { value: 0.5, stage: 'a', stagesDone: 0, stagesTotal: 1, step: 1, steps: 2, message: 'A' };
const ERROR = { code: 'internal', message: 'No.', stage: null, retryable: true, suggestions: [] };
const RESULT = {
  outputs: [],
  metrics: { stageMs: {}, totalMs: 1, peakMemoryBytes: null, device: 'cpu' },
  warnings: [],
};

/** The same database; what is read through it is written down, and how often it was looked at. */
function observed(db: Database) {
  const seen = { statements: [] as string[], looks: 0 };
  const client = new Proxy(db.$client, {
    get(target, property) {
      if (property === 'execute') {
        return (statement: InStatement) => {
          seen.statements.push(typeof statement === 'string' ? statement : statement.sql);
          return target.execute(statement);
        };
      }
      if (property === 'mark') seen.looks += 1;
      return target[property as keyof Client];
    },
  });
  return { db: drizzle(client) as Database, seen };
}

/** Everything a listener hears; `next` waits for the next of it. */
function listening() {
  const heard: (JobNow | null)[] = [];
  let read = 0;
  const next = async () => {
    await waitFor('word of the job', () => heard.length > read);
    return heard[read++]!;
  };
  return { heard, next, listener: (now: JobNow | null) => void heard.push(now) };
}

function watcherOn(db: Database): JobWatcher {
  const watcher = new JobWatcher(db, { clock: () => NOW, lookEveryMs: 5 });
  const stops: (() => void)[] = [];
  onTestFinished(() => stops.forEach((stop) => stop()));
  const watch = watcher.watch.bind(watcher);
  watcher.watch = (job, listener) => {
    const stop = watch(job, listener);
    stops.push(stop);
    return stop;
  };
  return watcher;
}

describe('a watcher', () => {
  let db: Database;
  let anna: Actor;
  beforeEach(async () => {
    db = await testDatabase();
    anna = await makeUser(db);
  });

  const claim = async (now: number) => {
    const [job] = await claimJobs(db, { workerId: 'w', limit: 1, leaseMs: 1000 }, now);
    return { jobId: job!.id, workerId: 'w', fence: job!.fence };
  };

  test('tells of everything that becomes of a job', async () => {
    const job = await makeJob(db, anna);
    const { listener, next } = listening();
    watcherOn(db).watch(job, listener);
    let now = NOW;
    const lease = await claim(++now);
    expect((await next())?.resource).toMatchObject({ id: job.id, status: 'processing', attempt: 1 });
    await reportProgress(db, lease, PROGRESS, ++now);
    expect((await next())?.resource).toMatchObject({ message: 'A', progress: { value: 0.5 } });
    await retryJobLater(db, lease, { error: ERROR, runAt: now + 10 }, ++now);
    expect((await next())?.resource).toMatchObject({ status: 'pending', error: ERROR });
    await stopQueue(db, anna, ++now);
    expect((await next())?.job.held).toBe(true);
    await cancelJob(db, anna, job.id, ++now);
    expect((await next())?.resource.status).toBe('cancelled');
    await retryJob(db, anna, job.id, ++now);
    expect((await next())?.resource).toMatchObject({ status: 'pending', error: null });
    await cancelJob(db, anna, job.id, ++now);
    expect((await next())?.resource.status).toBe('cancelled');
    await deleteJob(db, anna, job.id);
    expect(await next()).toBeNull();
  });

  test('tells of a completed and of a failed job, each to those who asked for it', async () => {
    const one = await makeJob(db, anna);
    const watcher = watcherOn(db);
    const first = listening();
    watcher.watch(one, first.listener);
    await completeJob(db, await claim(NOW + 1), RESULT, NOW + 2);
    await waitFor('the end', () => first.heard.at(-1)?.resource.status === 'completed');
    const two = await makeJob(db, await makeUser(db));
    const second = listening();
    watcher.watch(two, second.listener);
    await failJob(db, await claim(NOW + 3), ERROR, NOW + 4);
    await waitFor('the failure', () => second.heard.at(-1)?.resource.status === 'failed');
    expect(second.heard.every((now) => now?.job.id === two.id)).toBe(true);
    expect(first.heard.at(-1)?.job.id).toBe(one.id);
  });

  test('misses nothing that happens between a read and the first look', async () => {
    const job = await makeJob(db, anna);
    const watcher = watcherOn(db);
    const early = listening();
    watcher.watch(job, early.listener);
    await claim(NOW + 1);
    expect((await early.next())?.resource.status).toBe('processing');
    // This one has read the job before it was claimed, and comes when the watcher has told of that already.
    const late = listening();
    watcher.watch(job, late.listener);
    expect((await late.next())?.resource.status).toBe('processing');
  });

  test('is told once that nobody listens', async () => {
    const watcher = watcherOn(db);
    const stop = watcher.watch(await makeJob(db, anna), () => undefined);
    const other = watcher.watch(await makeJob(db, anna), () => undefined);
    expect(watcher.size).toBe(2);
    stop();
    stop();
    expect(watcher.size).toBe(1);
    other();
    expect(watcher.size).toBe(0);
  });
});

describe('what a watcher costs', () => {
  test('one statement for all who listen, and of what changed only a full read', async () => {
    const { db: file } = await testDatabaseFile();
    const anna = await makeUser(file);
    const made: Job[] = [];
    for (let n = 0; n < 3; n++) made.push(await makeJob(file, anna));
    const { db, seen } = observed(file);
    const watcher = watcherOn(db);
    const all = made.flatMap((job) => [job, job]).map((job) => ({ job, ...listening() }));
    for (const { job, listener } of all) watcher.watch(job, listener);
    await waitFor('the first look', () => seen.statements.length);
    await waitFor('some more', () => seen.looks > 5);
    // Nobody has written anything since.
    expect(seen.statements).toHaveLength(1);

    await file.run('UPDATE jobs SET vt = vt + 1');
    await waitFor('a look', () => seen.statements.length > 1);
    expect(seen.statements).toHaveLength(2);

    seen.statements.length = 0;
    await cancelJob(file, anna, made[1]!.id, NOW + 1);
    await Promise.all(all.slice(2, 4).map(({ next }) => next()));
    const lookedAtAll = seen.statements.filter((text) => text.includes('coalesce(cancel_requested_at'));
    const readWhole = seen.statements.filter((text) => text.includes('"params"'));
    expect([lookedAtAll.length, readWhole.length]).toEqual([1, 1]);
    expect(all.map(({ heard }) => heard.length)).toEqual([0, 0, 1, 1, 0, 0]);
  });

  test('none once nobody listens', async () => {
    const { db: file } = await testDatabaseFile();
    const anna = await makeUser(file);
    const { db, seen } = observed(file);
    const watcher = watcherOn(db);
    const stop = watcher.watch(await makeJob(file, anna), () => undefined);
    await waitFor('a look', () => seen.looks > 0);
    stop();
    const looks = seen.looks;
    const other = new JobWatcher(file, { lookEveryMs: 5 });
    const control = listening();
    const stopControl = other.watch(await makeJob(file, anna), control.listener);
    await cancelJob(file, anna, (await makeJob(file, anna)).id, NOW);
    await file.run(`UPDATE jobs SET updated_at = updated_at + 1`);
    await control.next();
    stopControl();
    expect(seen.looks - looks).toBeLessThanOrEqual(1);
    // Somebody listens again.
    const again = listening();
    watcher.watch(await makeJob(file, anna), again.listener);
    await file.run(`UPDATE jobs SET updated_at = updated_at + 1`);
    expect(await again.next()).not.toBeNull();
  });
});

test('an error of the database is outlived', async () => {
  vi.stubEnv('MULTIPLANE_LOG_LEVEL', 'silent');
  onTestFinished(() => void vi.unstubAllEnvs());
  const db = await testDatabase();
  const anna = await makeUser(db);
  const job = await makeJob(db, anna);
  let failures = 0;
  const failing = new Proxy(db.$client, {
    get(target, property) {
      if (property === 'mark') return undefined;
      if (property !== 'execute' || failures > 2) return target[property as keyof Client];
      return () => Promise.reject(new Error(`broken ${++failures}`));
    },
  });
  const { listener, next } = listening();
  watcherOn(drizzle(failing) as Database).watch(job, listener);
  await cancelJob(db, anna, job.id, NOW + 1);
  expect((await next())?.resource.status).toBe('cancelled');
  expect(failures).toBe(3);
});
