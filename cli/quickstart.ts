import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { createFirstAdministrator } from '#lib/auth/accounts';
import { readSettings, type Settings } from '#lib/config/settings';
import { systemClock } from '#lib/core/clock';
import { AppError } from '#lib/core/errors';
import { listModels } from '#lib/models/catalogue';
import { isPresent } from '#lib/models/weights';
import { fileStore } from '#lib/media/storage';
import { submitSample } from '#lib/pipelines/sample';
import { ensureBuilt } from './build.ts';
import { downloadEmbedded } from './commands/models.ts';
import { KeptProcess } from './kept-process.ts';
import { startProcess, webCommand, workerCommand } from './processes.ts';
import { reportError } from './report.ts';
import { say } from './terminal.ts';
import { withDatabase } from './with-database.ts';

const ORPHAN_CHECK_MS = 1_000;

/* `npm run quickstart`: from a fresh clone to a running studio. Every step does nothing where it is done already. */

try {
  const settings = readSettings(process.env);
  await ensurePortFree(settings);
  if (lacksWeights(settings)) await downloadEmbedded(settings);
  await prepareDatabase(settings.admin);
  await ensureBuilt();
  await serve(settings);
} catch (error) {
  reportError(error);
  process.exit(1);
}

/** Optional models are tried at the first start only: a machine that cannot reach them must not wait each time. */
function lacksWeights({ weightsDir }: Settings): boolean {
  return listModels().some((model) => model.setUp === 'required' && !isPresent(weightsDir, model));
}

/** Migrate, and create the first administrator with a sample job, where the environment names one. */
async function prepareDatabase(admin: Settings['admin']): Promise<void> {
  await withDatabase(async (db) => {
    const created = admin && (await createFirstAdministrator(db, admin, systemClock()));
    if (!created) return;
    say(`Administrator ${created.email} created.`);
    await submitSample(db, fileStore(), { userId: created.id, role: created.role }, systemClock());
  });
}

async function serve({ host, port }: { host: string; port: number }): Promise<void> {
  const processes = [
    new KeptProcess(() => startProcess(workerCommand)),
    new KeptProcess(() => startProcess(webCommand({ host, port }))),
  ];
  stopOnSignal(processes);
  await untilAnswering(`http://${host}:${port}/health`);
  say(
    `\nMultiplane is running at http://localhost:${port}\nCtrl-C stops it; unfinished jobs go on at the next start.\n`,
  );
}

/** Throws AppError `conflict` where something else listens already. */
async function ensurePortFree({ host, port }: { host: string; port: number }): Promise<void> {
  const server = createServer().listen(port, host);
  await once(server, 'listening').catch((cause: unknown) => {
    const suggestion = `Stop what listens there, or choose another port: PORT=${port + 1} npm run quickstart`;
    throw new AppError('conflict', `Port ${port} cannot be used.`, { suggestion, cause });
  });
  server.close();
}

function stopOnSignal(processes: KeptProcess[]): void {
  const stop = async () => {
    say('\nStopping …');
    await Promise.all(processes.map((kept) => kept.stop()));
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void stop());
  // A SIGTERM sent to npm ends npm and its shell, and is not passed on: being left alone stands for it.
  const startedBy = process.ppid;
  const orphanCheck = setInterval(() => {
    if (process.ppid === startedBy) return;
    clearInterval(orphanCheck);
    void stop();
  }, ORPHAN_CHECK_MS);
}

async function untilAnswering(url: string): Promise<void> {
  const answers = () =>
    fetch(url).then(
      (answer) => answer.ok,
      () => false,
    );
  while (!(await answers())) await delay(100);
}
