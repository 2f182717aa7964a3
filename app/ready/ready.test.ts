import '#tests/studio-folder';
import { expect, test } from 'vitest';
import { readiness } from '#lib/api/readiness';
import { database } from '#lib/db/connection';
import { workers } from '#lib/db/schema/workers';
import { GET as ready } from './route.ts';

const context = { params: Promise.resolve({}) };

test('ready says which part is missing', async () => {
  const db = await database();
  const answer = await ready(new Request('http://studio.test/ready'), context);
  expect(answer.status).toBe(503);
  expect(await answer.json()).toMatchObject({
    status: 'not_ready',
    parts: {
      database: { ok: true },
      weights: { ok: false, detail: expect.stringContaining('migan') },
      worker: { ok: false },
    },
  });
  const now = Date.UTC(2026, 0, 1);
  const about = { host: 'h', pid: 1, version: '1', devices: [], capacity: 1, startedAt: now };
  await db.insert(workers).values({ id: 'w', ...about, heartbeatAt: now });
  expect((await readiness(db, now + 30_000)).parts.worker.ok).toBe(true);
  expect((await readiness(db, now + 30_001)).parts.worker.ok).toBe(false);
});
