import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { testDatabaseFile } from '#tests/database';

const PROCESSES = ['a', 'b', 'c', 'd'];
const ROUNDS = 400;

test('processes that write, read and checkpoint at once all get on, and lose nothing', async () => {
  const { db, url } = await testDatabaseFile();
  const exits = await Promise.all(
    PROCESSES.map(async (name) => {
      const script = resolve('tests/database-hammer.ts');
      const hammer = spawn(process.execPath, ['--import', 'tsx', script, url, name, String(ROUNDS)], {
        stdio: 'inherit',
      });
      const [code] = (await once(hammer, 'exit')) as [number];
      return code;
    }),
  );
  expect(exits).toEqual(PROCESSES.map(() => 0));
  const { rows } = await db.$client.execute('SELECT id, pid FROM workers ORDER BY id');
  expect(rows.map(({ id, pid }) => [id, pid])).toEqual(PROCESSES.map((name) => [name, 2 * ROUNDS]));
  expect((await db.$client.execute('PRAGMA integrity_check')).rows[0]![0]).toBe('ok');
});
