import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { NEW_DATABASES } from '#tests/new-databases';
import { openDatabase } from './client.ts';
import { migrateDatabase } from './migrate.ts';

const PROCESSES = ['a', 'b', 'c', 'd'];
/** A round trip to a server takes its time. */
const ROUNDS: Record<string, number> = { file: 400, server: 100 };

for (const { kind, isHere, newAddress } of NEW_DATABASES) {
  test.runIf(isHere)(
    `processes that write, read and checkpoint a ${kind} at once all get on, and lose nothing`,
    async () => {
      const url = await newAddress();
      const db = await openDatabase(url);
      onTestFinished(() => db.$client.close());
      await migrateDatabase(db);
      const rounds = ROUNDS[kind]!;
      const exits = await Promise.all(
        PROCESSES.map(async (name) => {
          const script = resolve('tests/database-hammer.ts');
          const hammer = spawn(process.execPath, ['--import', 'tsx', script, url, name, String(rounds)], {
            stdio: 'inherit',
          });
          const [code] = (await once(hammer, 'exit')) as [number];
          return code;
        }),
      );
      expect(exits).toEqual(PROCESSES.map(() => 0));
      const { rows } = await db.$client.execute('SELECT id, pid FROM workers ORDER BY id');
      expect(rows.map(({ id, pid }) => [id, pid])).toEqual(PROCESSES.map((name) => [name, 2 * rounds]));
      expect((await db.$client.execute('PRAGMA integrity_check')).rows[0]![0]).toBe('ok');
    },
  );
}
