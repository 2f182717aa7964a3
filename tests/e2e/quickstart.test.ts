import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findUserByEmail } from '#lib/auth/accounts';
import { actorOf } from '#lib/auth/actor';
import { listJobResources } from '#lib/jobs/job-resources';
import { waitFor } from '../wait-for.ts';
import { Studio } from './studio.ts';

const ADMIN = 'operator@example.test';

let studio: Studio;
let quickstart: ChildProcess;

beforeAll(async () => {
  studio = await Studio.create({
    MULTIPLANE_ADMIN_EMAIL: ADMIN,
    MULTIPLANE_ADMIN_PASSWORD: 'correct horse battery',
    MULTIPLANE_LOG_LEVEL: 'silent',
  });
});
afterAll(async () => {
  quickstart.kill('SIGKILL');
  await waitFor('everything to leave', async () => (await descendants()).length === 0);
  await studio.dispose();
});

/** Start it as `npm run quickstart` does, and wait until it is ready for work. */
async function start(): Promise<void> {
  const env = { ...studio.env, PORT: String(studio.port) };
  quickstart = spawn(process.execPath, ['cli/start.mjs', 'cli/quickstart.ts'], { env, stdio: 'ignore' });
  await waitFor('quickstart to be ready', () => fetch(`${studio.url}/ready`).then((answer) => answer.ok));
}

/** Processes that work on this studio's data folder, by their environment. */
async function descendants(): Promise<number[]> {
  const pids = (await readdir('/proc')).map(Number).filter((pid) => pid > 0 && pid !== process.pid);
  const own = await Promise.all(
    pids.map(async (pid) => {
      const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
      return environment.includes(`MULTIPLANE_DATA_DIR=${studio.dataDir}\0`) ? [pid] : [];
    }),
  );
  return own.flat();
}

test.runIf(process.platform === 'linux')(
  'quickstart serves, stops cleanly, comes back, and leaves nothing behind',
  async () => {
    await start();
    const admin = (await findUserByEmail(studio.db, ADMIN))!;
    const actor = actorOf(admin);
    await waitFor('the sample to be done', async () => {
      const { items } = await listJobResources(studio.db, actor, { limit: 2 }, studio.now());
      return items.length === 1 && items[0]!.status === 'completed';
    });

    quickstart.kill('SIGINT');
    expect(await once(quickstart, 'exit')).toEqual([0, null]);
    expect(await descendants()).toEqual([]);

    await start();
    const again = await listJobResources(studio.db, actor, { limit: 2 }, studio.now());
    expect(again.items).toHaveLength(1);

    quickstart.kill('SIGKILL');
    await waitFor('web and worker to follow', async () => (await descendants()).length === 0);
  },
);
