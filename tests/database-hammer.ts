import { checkpoint, openDatabase } from '#lib/db/client';

/* `tsx tests/database-hammer.ts URL NAME ROUNDS`: write, read and checkpoint as fast as it goes, beside others. */

const [url, name, rounds] = process.argv.slice(2);
const db = await openDatabase(url!);
await db.$client.execute({
  sql: `INSERT INTO workers (id, host, pid, version, devices, capacity, started_at, heartbeat_at)
    VALUES (?, 'host', 0, '0', '[]', 1, 0, 0)`,
  args: [name!],
});
const count = { sql: 'UPDATE workers SET pid = pid + 1 WHERE id = ? RETURNING pid', args: [name!] };
for (let round = 1; round <= Number(rounds); round++) {
  await db.$client.execute(count);
  await db.$client.execute('SELECT sum(pid) FROM workers');
  await db.$client.batch([
    count,
    { sql: 'UPDATE workers SET heartbeat_at = ? WHERE id = ?', args: [round, name!] },
  ]);
  if (round % 50 === 0) await checkpoint(db);
}
