/* What the reference shows of batches; the tests run it, in a folder with a photo.jpg and a second.jpg. */

import assert from 'node:assert/strict';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import type { Batch } from '#lib/client/operations';
import { studio } from './studio.ts';

async function createBatch() {
  // #region createBatch
  const names = ['photo.jpg', 'second.jpg'];
  const images = await Promise.all(
    names.map(
      async (name) => new File([await readFile(name)], name),
    ),
  );
  const batch = (await studio.call('createBatch', {
    body: { pipeline: 'cutout', images },
  })) as Batch;
  // #endregion
  return batch;
}

async function getBatch(id: string) {
  // #region getBatch
  const batch = await studio.call('getBatch', {
    params: { id },
  });
  console.log(batch.counts.completed, 'of', batch.total);
  // #endregion
  return batch;
}

async function listBatches() {
  // #region listBatches
  const page = await studio.call('listBatches', {
    query: { limit: 10 },
  });
  // #endregion
  return page;
}

async function pauseBatch(id: string) {
  // #region pauseBatch
  const batch = await studio.call('pauseBatch', {
    params: { id },
  });
  // #endregion
  return batch;
}

async function resumeBatch(id: string) {
  // #region resumeBatch
  const batch = await studio.call('resumeBatch', {
    params: { id },
  });
  // #endregion
  return batch;
}

async function cancelBatch(id: string) {
  // #region cancelBatch
  const batch = await studio.call('cancelBatch', {
    params: { id },
  });
  // #endregion
  return batch;
}

async function retryFailedOfBatch(id: string) {
  // #region retryFailedOfBatch
  const batch = await studio.call('retryFailedOfBatch', {
    params: { id },
  });
  // #endregion
  return batch;
}

async function getBatchArchive(id: string) {
  // #region getBatchArchive
  const archive = await studio.call('getBatchArchive', {
    params: { id },
  });
  await writeFile(
    'batch.zip',
    Buffer.from(await archive.arrayBuffer()),
  );
  // #endregion
}

const { id } = await createBatch();
assert.equal((await listBatches()).items[0]?.id, id);
assert.equal((await pauseBatch(id)).paused, true);
assert.equal((await resumeBatch(id)).paused, false);
while ((await getBatch(id)).counts.completed < 2)
  await setTimeout(500);
await getBatchArchive(id);
assert.ok((await stat('batch.zip')).size > 0);
assert.equal((await retryFailedOfBatch(id)).total, 2);
assert.equal((await cancelBatch(id)).counts.completed, 2);
