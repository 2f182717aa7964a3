import { setTimeout as delay } from 'node:timers/promises';
import { createClient } from '@libsql/client';
import { isBusy } from '#lib/db/failures';
import { Random } from './random.ts';

/*
 * `tsx tests/storm/pressure.ts URL SEED`: a second writer that takes the database's write lock again and again and keeps
 * it for a while, until it is killed. It tells its parent how often it had the lock and how often it was refused it,
 * which the product's own connections do not tell, since they try again.
 */

export interface Pressure {
  held: number;
  heldMs: number;
  refused: number;
}

const LONGEST_PAUSE_MS = 150;
/** Rows counted while the lock is held: up to some 100 ms. */
const LONGEST_COUNT = 400_000;
const COUNT =
  'WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < ?) SELECT max(n) FROM c';

const [url, seed] = process.argv.slice(2);
const random = new Random(Number(seed));
const client = createClient({ url: url!, concurrency: 1, timeout: 0 });
const pressure: Pressure = { held: 0, heldMs: 0, refused: 0 };

process.on('disconnect', () => process.exit(0));
for (;;) {
  await press(random.whole(1, LONGEST_COUNT));
  process.send?.(pressure);
  await delay(random.whole(0, LONGEST_PAUSE_MS));
}

async function press(rows: number): Promise<void> {
  try {
    await client.execute('PRAGMA wal_autocheckpoint=0');
    await client.execute('CREATE TABLE IF NOT EXISTS storm_pressure (rows INTEGER NOT NULL)');
    const startedAt = performance.now();
    await client.batch(
      [
        { sql: 'INSERT INTO storm_pressure VALUES (?)', args: [rows] },
        { sql: COUNT, args: [rows] },
      ],
      'write',
    );
    pressure.held++;
    pressure.heldMs += performance.now() - startedAt;
  } catch (error) {
    if (!isBusy(error)) throw error;
    pressure.refused++;
    await client.reconnect();
  }
}
