import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { authenticate } from '#lib/auth/accounts';
import { openDatabase } from '#lib/db/client';
import { temporaryFolder } from '#tests/temporary-folder';

test('a made-up password is shown once it is an account’s, and never for one that was not made', async () => {
  const dataDir = temporaryFolder();
  const create = () =>
    spawnSync(
      process.execPath,
      ['--import', 'tsx', 'cli/index.ts', 'users', 'create', '--email', 'a@b.example'],
      {
        encoding: 'utf8',
        env: { ...process.env, MULTIPLANE_DATA_DIR: dataDir },
      },
    );
  const made = create();
  const password = /^Password: (\S+)\n$/.exec(made.stderr)![1]!;
  const db = await openDatabase(pathToFileURL(join(dataDir, 'multiplane.db')).href);
  onTestFinished(() => db.$client.close());
  expect(await authenticate(db, 'a@b.example', password)).toMatchObject({ id: made.stdout.trim() });
  const again = create();
  expect(again).toMatchObject({ status: 1, stdout: '' });
  expect(again.stderr).toContain('There is an account with this e-mail address already.');
  expect(again.stderr).not.toContain('Password');
});
