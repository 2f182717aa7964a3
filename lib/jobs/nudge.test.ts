import { EventEmitter, once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { thisMachine } from '#lib/core/this-machine';
import { testDatabase } from '#tests/database';
import { makeUser, NOW } from '#tests/factories';
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

test('what makes work for a worker wakes it', async () => {
  const db = await testDatabase();
  const { userId, role } = await makeUser(db);
  const heard = new EventEmitter();
  const listener = await listenForNudges(() => heard.emit('nudge'));
  onTestFinished(() => listener.close());
  const worker = {
    id: 'w',
    host: thisMachine(),
    pid: 1,
    version: '0',
    devices: [],
    capacity: 1,
    nudgePort: listener.port,
  };
  await registerHeartbeat(db, worker, NOW);

  const actions = [
    () => enqueueJob(db, { ...JOB, ownerId: userId }, NOW),
    () => startQueue(db, { userId, role }),
    () => startEveryQueue(db),
  ];
  for (const act of actions) {
    const nudge = once(heard, 'nudge');
    await act();
    await expect(nudge).resolves.toBeDefined();
  }
});
