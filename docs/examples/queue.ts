/* What the reference shows of the queue; the tests run it. */

import assert from 'node:assert/strict';
import { studio } from './studio.ts';

async function getQueue() {
  // #region getQueue
  const { counts, tasks } = await studio.call('getQueue');
  console.log(counts.pending, counts.processing, tasks.length);
  // #endregion
  return counts;
}

async function pollQueue() {
  // #region pollQueue
  const active = await studio.call('pollQueue');
  for (const task of active.active_tasks)
    console.log(task.id, task.status);
  // #endregion
  return active;
}

async function stopQueue() {
  // #region stopQueue
  await studio.call('stopQueue');
  // #endregion
}

async function startQueue() {
  // #region startQueue
  await studio.call('startQueue');
  // #endregion
}

async function clearQueue() {
  // #region clearQueue
  const { deleted } = await studio.call('clearQueue');
  // #endregion
  return deleted;
}

assert.equal((await getQueue()).failed, 0);
assert.equal((await pollQueue()).has_active_tasks, false);
await stopQueue();
await startQueue();
assert.equal(await clearQueue(), 0);
