import { createFirstAdministrator, type User } from '#lib/auth/accounts';
import type { Settings } from '#lib/config/settings';
import { systemClock } from '#lib/core/clock';
import type { Database } from '#lib/db/client';
import { fileStore } from '#lib/media/store/storage';
import { submitSample } from '#lib/pipelines/sample';
import { reportError } from './report.ts';
import { say, terminal, type Terminal } from './terminal.ts';
import { withDatabase } from './with-database.ts';

/** Migrate, and create the first administrator with a sample job, where the environment names one. */
export async function prepareDatabase(admin: Settings['admin'], to: Terminal = terminal): Promise<void> {
  await withDatabase(async (db) => {
    const created = admin && (await createFirstAdministrator(db, admin, systemClock()));
    if (!created) return;
    say(`Administrator ${created.email} created.`, to);
    await trySample(db, created, to);
  });
}

/** A studio without the sample works as well: it must not keep the rest from starting. */
async function trySample(db: Database, { id, role }: User, to: Terminal): Promise<void> {
  try {
    await submitSample(db, fileStore(), { userId: id, role }, systemClock());
  } catch (error) {
    say('The sample picture was not put in the queue:', to);
    reportError(error, to);
  }
}
