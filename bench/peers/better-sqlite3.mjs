import { join } from 'node:path';
import Database from 'better-sqlite3-12';

/*
 * What a good hand writes on better-sqlite3 when it needs no more than a queue: one table, an index of what waits,
 * statements prepared once, ten jobs claimed and ten finished in one. No priorities, turns, retries or fences: the most
 * that this engine gives.
 */

const CLAIMED_AT_ONCE = 10;
const LEASE_MS = 15_000;

/** @type {import('../queue/contender.ts').OpenQueue} */
export async function open(folder, { payload, run }) {
  const db = openDatabase(join(folder, 'by-hand.db'));
  const insert = db.prepare('INSERT INTO jobs (payload, run_at) VALUES (?, ?)');
  const claim = db.prepare(`
    UPDATE jobs SET status = 'processing', lease_expires_at = @leaseExpiresAt
    WHERE id IN (
      SELECT id FROM jobs WHERE status = 'pending' AND run_at <= @now ORDER BY run_at, id LIMIT ${CLAIMED_AT_ONCE})
    RETURNING id, payload`);
  const complete = db.prepare(`
    UPDATE jobs SET status = 'completed', lease_expires_at = NULL
    WHERE id IN (SELECT value FROM json_each(?)) AND status = 'processing'`);
  const enqueue = () => insert.run(JSON.stringify(payload), Date.now());
  const claimNext = () => {
    const now = Date.now();
    return claim.all({ now, leaseExpiresAt: now + LEASE_MS });
  };

  return {
    enqueue,
    enqueueMany: db.transaction((count) => {
      for (let made = 0; made < count; made++) enqueue();
    }),
    async drain(_jobs, concurrency) {
      for (let claimed = claimNext(); claimed.length > 0; claimed = claimNext()) {
        if (concurrency > 1) await Promise.all(claimed.map(run));
        else for (const job of claimed) await run(job);
        complete.run(JSON.stringify(claimed.map(({ id }) => id)));
      }
    },
  };
}

function openDatabase(path) {
  const db = new Database(path, { timeout: 5000 });
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = NORMAL');
  db.exec(`
    CREATE TABLE IF NOT EXISTS jobs (
      id INTEGER PRIMARY KEY,
      payload TEXT NOT NULL,
      status TEXT NOT NULL DEFAULT 'pending',
      run_at INTEGER NOT NULL,
      lease_expires_at INTEGER
    );
    CREATE INDEX IF NOT EXISTS jobs_pending ON jobs (run_at, id) WHERE status = 'pending';`);
  return db;
}
