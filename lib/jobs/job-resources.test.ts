import { beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '#lib/core/actor';
import type { Database } from '#lib/db/client';
import { jobInputs } from '#lib/db/schema/jobs';
import { testDatabase } from '#tests/database';
import { makeJob, makeUpload, makeUser, NOW } from '#tests/factories';
import type { JobFilter } from './job-filter.ts';
import { activeJobResources, listJobResources } from './job-resources.ts';

let db: Database;
let actor: Actor;

beforeEach(async () => {
  db = await testDatabase();
  actor = await makeUser(db);
});

/** A finished job that took a picture of this name. */
async function jobOf(owner: Actor, filename: string, params: Record<string, unknown> = {}): Promise<string> {
  const { id } = await makeJob(db, owner, { status: 'completed', params });
  const upload = await makeUpload(db, owner, { filename });
  await db.insert(jobInputs).values({ jobId: id, role: 'image', uploadId: upload.id });
  return id;
}

async function found(filter: Partial<JobFilter>): Promise<string[]> {
  const { items } = await listJobResources(db, actor, { limit: 50, ...filter }, NOW);
  return items.map(({ id }) => id);
}

describe('the search for a text', () => {
  test('looks into file names and parameters, whatever the case', async () => {
    const beach = await jobOf(actor, 'Beach at noon.jpg');
    const harbour = await jobOf(actor, 'photo.jpg', { prompt: 'a harbour by the beach' });
    await jobOf(actor, 'forest.jpg');
    expect(await found({ text: 'beach' })).toEqual([harbour, beach]);
    expect(await found({ text: 'HARBOUR' })).toEqual([harbour]);
    expect(await found({ text: 'mountain' })).toEqual([]);
  });

  test.each(['50%', 'a_b', String.raw`c\d`])('takes %s by its letters', async (text) => {
    const meant = await jobOf(actor, `${text}.jpg`);
    await jobOf(actor, '500 a-b c-d.jpg');
    expect(await found({ text })).toEqual([meant]);
  });

  test('looks into what a parameter is, and not what it is called', async () => {
    const job = await jobOf(actor, 'photo.jpg', { num_layers: 7, prompt: 'a "quiet" bay' });
    expect(await found({ text: 'num_layers' })).toEqual([]);
    expect(await found({ text: 'prompt' })).toEqual([]);
    expect(await found({ text: '"quiet"' })).toEqual([job]);
    expect(await found({ text: '7' })).toEqual([job]);
  });

  test("never looks into another's jobs", async () => {
    await jobOf(await makeUser(db), 'beach.jpg');
    expect(await found({ text: 'beach' })).toEqual([]);
  });
});

test('a span of time takes its first moment in and leaves its last out', async () => {
  const ids: string[] = [];
  for (const createdAt of [NOW - 1, NOW, NOW + 1, NOW + 2]) {
    ids.push((await makeJob(db, actor, { createdAt })).id);
  }
  expect(await found({ createdBefore: NOW })).toEqual([ids[0]]);
  expect(await found({ createdAfter: NOW, createdBefore: NOW + 2 })).toEqual([ids[2], ids[1]]);
});

test('of the active jobs, all that run are shown and those that wait by their turn, oldest first', async () => {
  const paused = await makeJob(db, actor, { held: true });
  const late = await makeJob(db, actor, { vt: 9 });
  const running = await makeJob(db, actor, { status: 'processing' });
  const next = await makeJob(db, actor, { vt: 3 });
  const urgent = await makeJob(db, actor, { vt: 12, priority: 1 });
  await makeJob(db, actor, { status: 'completed' });
  await makeJob(db, await makeUser(db));
  const active = async (limit: number) =>
    (await activeJobResources(db, actor, limit, NOW)).map(({ id }) => id);
  expect(await active(2)).toEqual([running.id, next.id, urgent.id]);
  expect(await active(9)).toEqual([paused.id, late.id, running.id, next.id, urgent.id]);
});
