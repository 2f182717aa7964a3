import { basename, dirname, join } from 'node:path';
import { Queue, Worker } from 'bullmq';
import { countdown } from './countdown.mjs';

const NAME = 'no-op';

/**
 * As its documentation has it: `addBulk`, and one worker with a concurrency factor. The Redis server listens beside the
 * folder (see bench/queue/redis.ts) and keeps nothing on disk, so this is its speed without durability.
 *
 * @type {import('../queue/contender.ts').OpenQueue}
 */
export async function open(folder, { payload, run }) {
  const connection = { path: join(dirname(folder), 'redis.sock'), maxRetriesPerRequest: null };
  const name = basename(folder);
  const queue = new Queue(name, { connection });
  await queue.waitUntilReady();
  const startWorker = async (runJob, concurrency) => {
    const worker = new Worker(name, runJob, { connection, concurrency, autorun: false });
    await worker.waitUntilReady();
    worker.run();
    return worker;
  };

  return {
    enqueue: () => queue.add(NAME, payload),
    enqueueMany: (count) =>
      queue.addBulk(Array.from({ length: count }, () => ({ name: NAME, data: payload }))),
    async drain(jobs, concurrency) {
      const { allDone, tick } = countdown(jobs);
      const worker = await startWorker(run, concurrency);
      worker.on('completed', tick);
      await allDone;
      void worker.close();
    },
    async listen(announced) {
      await startWorker(announced, 1);
    },
  };
}
