import { join } from 'node:path';
import Database from 'better-sqlite3-12';
import { better, defineQueue, defineWorker } from 'plainjob';
import { countdown } from './countdown.mjs';

const TYPE = 'no-op';
const quiet = { debug() {}, info() {}, warn() {}, error() {} };

/**
 * As its README has it: `add`, `addMany`, and a worker for each job that is to run at once, since one runs its jobs one
 * after another. It sets WAL and synchronous=NORMAL itself.
 *
 * @type {import('../queue/contender.ts').OpenQueue}
 */
export async function open(folder, { payload, run }) {
  const connection = better(new Database(join(folder, 'plainjob.db')));
  const queue = defineQueue({ connection, logger: quiet });

  return {
    enqueue: () => queue.add(TYPE, payload),
    enqueueMany: (count) => queue.addMany(TYPE, Array(count).fill(payload)),
    async drain(jobs, concurrency) {
      const { allDone, tick: onCompleted } = countdown(jobs);
      const workers = Array.from({ length: concurrency }, () =>
        defineWorker(TYPE, run, { queue, onCompleted, logger: quiet }),
      );
      for (const worker of workers) void worker.start();
      await allDone;
      await Promise.all(workers.map((worker) => worker.stop()));
    },
  };
}
