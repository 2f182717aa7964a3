import { existsSync } from 'node:fs';
import { readSettings } from '#lib/config/settings';
import { systemClock } from '#lib/core/clock';
import { database } from '#lib/db/connection';
import { migrateDatabase } from '#lib/db/migrate';
import { createFirstAdministrator } from '#lib/auth/accounts';
import { fileStore } from '#lib/media/storage';
import { submitSample } from '#lib/pipelines/sample';
import { ensureBuilt } from './build.ts';
import { downloadEmbedded } from './commands/models.ts';
import { KeptProcess, startProcess, webCommand, workerCommand } from './processes.ts';
import { say } from './terminal.ts';

/* `npm run quickstart`: from a fresh clone to a running studio. Every step does nothing where it is done already. */

const settings = readSettings(process.env);

await downloadEmbedded(settings);
await prepareDatabase();
await ensureBuilt();
await serve();

async function prepareDatabase(): Promise<void> {
  const db = await database();
  await migrateDatabase(db);
  if (!settings.admin) return;
  const administrator = await createFirstAdministrator(db, settings.admin, systemClock());
  if (!administrator) return;
  say(`Administrator ${settings.admin.email} created.`);
  await submitSample(db, fileStore(), administrator);
}

async function serve(): Promise<void> {
  const worker = new KeptProcess(() => startProcess(workerCommand));
  const web = new KeptProcess(() => startProcess(webCommand(settings)));
  stopOnSignal([web, worker]);
  const address = `http://localhost:${settings.port}`;
  await untilAnswering(`http://${settings.host}:${settings.port}/health`);
  say(`\nMultiplane is running at ${address}\nCtrl-C stops it; what runs goes on at the next start.\n`);
}
