import { EventEmitter, once } from 'node:events';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import type { Actor } from '#lib/core/actor';
import { thisMachine } from '#lib/core/this-machine';
import type { Database } from '#lib/db/client';
import { testDatabase } from '#tests/database';
import { makeUser, NOW } from '#tests/factories';
import { onServer } from '#tests/server-database';
import { listenForNudges } from './nudge.ts';
import { startEveryQueue, startQueue } from './queue-control.ts';
import { enqueueJob } from './requests.ts';
import { registerHeartbeat } from './workers.ts';

const JOB = {
  pipeline: 'p',
  model: 'auto',
  params: {},
  priority: 0,
  maxAttempts: 1,
  warnings: [],
  inputs: [],
};

let db: Database;
let actor: Actor;
let heard: EventEmitter;

beforeEach(async () => {
  db = await testDatabase();
  actor = await makeUser(db);
  heard = await startListener('w');
});

/** A worker that emits each nudge it gets. */
async function startListener(id: string): Promise<EventEmitter> {
  const nudges = new EventEmitter();
  const { port: nudgePort, close } = await listenForNudges(() => nudges.emit('nudge'));
  onTestFinished(close);
  const worker = { id, host: thisMachine(), pid: 1, version: '0', devices: [], capacity: 1, nudgePort };
  await registerHeartbeat(db, worker, NOW);
  return nudges;
}

const enqueue = () => enqueueJob(db, { ...JOB, ownerId: actor.userId }, NOW);

test('what makes work for a worker wakes it', async () => {
  for (const act of [enqueue, () => startQueue(db, actor), () => startEveryQueue(db)]) {
    const nudge = once(heard, 'nudge');
    await act();
    await expect(nudge).resolves.toBeDefined();
  }
});

// A server answers each in its own time.
test.skipIf(onServer)('what is enqueued in one turn of the event loop takes one packet', async () => {
  let packets = 0;
  heard.on('nudge', () => packets++);
  for (const count of [50, 1]) {
    const nudge = once(heard, 'nudge');
    await Promise.all(Array.from({ length: count }, enqueue));
    await nudge;
  }
  expect(packets).toBe(2);
});

test('a worker that came later is found in time', async () => {
  await enqueue();
  await once(heard, 'nudge');
  const later = await startListener('later');
  const now = performance.now();
  vi.spyOn(performance, 'now').mockReturnValue(now + 5_000);
  const nudges = [once(heard, 'nudge'), once(later, 'nudge')];
  await enqueue();
  await expect(Promise.all(nudges)).resolves.toBeDefined();
});
