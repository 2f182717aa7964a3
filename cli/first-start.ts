import { createFirstAdministrator, type User } from '#lib/auth/accounts';
import { actorOf } from '#lib/auth/actor';
import type { Settings } from '#lib/config/settings';
import { systemClock } from '#lib/core/clock';
import type { Database } from '#lib/db/client';
import { fileStore } from '#lib/media/store/storage';
import { submitSample } from '#lib/pipelines/sample';
import { recordAct } from './record-act.ts';
import { reportError } from './report.ts';
import { say, terminal, type Terminal } from './terminal.ts';
import { withDatabase } from './with-database.ts';

/** Migrate, and create the first administrator with a sample job, where the environment names one. */
export async function prepareDatabase(admin: Settings['admin'], to: Terminal = terminal): Promise<void> {
  await withDatabase(async (db) => {
    const created = admin && (await createFirstAdministrator(db, admin, systemClock()));
    if (!created) return;
    say(`Administrator ${created.email} created.`, to);
    await recordAct(db, { action: 'account.created', subject: created.email, details: { role: 'admin' } });
    await trySample(db, created, to);
  });
}

/** A studio without the sample works as well: it must not keep the rest from starting. */
async function trySample(db: Database, user: User, to: Terminal): Promise<void> {
  try {
    await submitSample(db, fileStore(), actorOf(user), systemClock());
  } catch (error) {
    say('The sample picture was not put in the queue:', to);
    reportError(error, to);
  }
}
