import '#tests/studio-folder';
import { beforeAll, expect, test } from 'vitest';
import { database } from '#lib/db/connection';
import type { Database } from '#lib/db/client';
import { recordFetch } from '#lib/jobs/weight-fetches';
import { registerHeartbeat } from '#lib/jobs/workers';
import { GET as getUsage } from '#app/api/v1/usage/route';
import { ApiClient } from '#tests/api-client';
import { makeJob } from '#tests/factories';
import { GET } from './route.ts';

let db: Database;

beforeAll(async () => {
  db = await database();
});

const SAMPLE = /^([a-z_]\w*(?:\{(?:\w+="[^"\n]*",?)+\})?) (-?[\d.e+-]+|NaN|[+-]Inf)$/i;

/** The samples of Prometheus' text format, by name and labels. */
function parse(text: string): Map<string, number> {
  const lines = text.split('\n').filter((line) => line !== '' && !/^# (HELP|TYPE) \w+ \S/.test(line));
  return new Map(
    lines.map((line) => {
      const sample = SAMPLE.exec(line);
      if (!sample) throw new Error(`This is no sample: ${line}`);
      return [sample[1]!, Number(sample[2])];
    }),
  );
}

test('an administrator reads how the queue, the workers and the requests do', async () => {
  const admin = await ApiClient.create(db, 'admin');
  const user = await ApiClient.create(db);
  const now = Date.now();
  await makeJob(db, user.actor, { createdAt: now - 60_000 });
  await makeJob(db, user.actor, { runAt: now + 60_000, scheduled: true, createdAt: now - 90_000 });
  await makeJob(db, user.actor, { status: 'completed' });
  const worker = { id: 'w', host: 'h', pid: 1, version: '1', capacity: 2, nudgePort: null };
  const devices = [{ provider: 'cuda', note: null }];
  await registerHeartbeat(db, { ...worker, devices }, now);
  const fetch = { title: 'M', error: null, retryAt: null, updatedAt: now };
  await recordFetch(db, { ...fetch, workerId: 'w', model: 'm', receivedBytes: 10, totalBytes: 100 });
  await user.call(getUsage);
  await user.call(getUsage, { query: 'x=1' });

  const answer = await admin.call(GET);
  expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  const samples = parse(await answer.text());
  const REQUESTS = 'multiplane_http_request_duration_seconds_count';
  expect(Object.fromEntries(samples)).toMatchObject({
    'multiplane_jobs{status="pending"}': 2,
    'multiplane_jobs{status="processing"}': 0,
    'multiplane_jobs{status="completed"}': 1,
    multiplane_workers: 1,
    multiplane_worker_capacity_jobs: 2,
    'multiplane_worker_devices{provider="cuda"}': 1,
    'multiplane_weight_fetch_received_bytes{model="m",worker="w"}': 10,
    'multiplane_weight_fetch_total_bytes{model="m",worker="w"}': 100,
    [`${REQUESTS}{operation="getUsage",status="2xx"}`]: 1,
    [`${REQUESTS}{operation="getUsage",status="4xx"}`]: 1,
  });
  const age = samples.get('multiplane_oldest_ready_job_age_seconds')!;
  expect(age >= 60 && age < 90).toBe(true);
  expect(samples.get('process_resident_memory_bytes')).toBeGreaterThan(0);
});

test('nobody else does', async () => {
  const user = await ApiClient.create(db);
  expect((await user.call(GET)).status).toBe(403);
  const request = new Request('http://studio.test/metrics');
  expect((await GET(request, { params: Promise.resolve({}) })).status).toBe(401);
});
