import { join } from 'node:path';
import { buildDBClient, Runner, SqliteQueue } from 'liteque';

/** How soon its runner looks again when the queue is empty; so short that the end of a drain is seen at once. */
const POLL_MS = 1;

/**
 * As its README has it. It has no bulk call: jobs go in one by one. It sets WAL and synchronous=NORMAL itself.
 *
 * @type {import('../queue/contender.ts').OpenQueue}
 */
export async function open(folder, { payload, run }) {
  const db = buildDBClient(join(folder, 'liteque.db'), { runMigrations: true });
  const queue = new SqliteQueue('no-op', db, { defaultJobArgs: { numRetries: 2 }, keepFailedJobs: false });

  return {
    enqueue: () => queue.enqueue(payload),
    async enqueueMany(count) {
      for (let made = 0; made < count; made++) await queue.enqueue(payload);
    },
    drain: (_jobs, concurrency) =>
      new Runner(queue, { run }, { concurrency, pollIntervalMs: POLL_MS, timeoutSecs: 60 }).runUntilEmpty(),
  };
}
