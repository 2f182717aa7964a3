import { settings } from '#lib/config/settings';
import { webLog } from '#lib/config/web-log';
import type { Database } from '#lib/db/client';
import { migrationState } from '#lib/db/migrate';
import { unavailable } from '#lib/db/unavailable';
import { latestWorker, WORKER_SILENT_MS } from '#lib/jobs/workers';
import { listModels } from '#lib/models/catalogue';
import { isPresent } from '#lib/models/weights';

/** One thing the studio needs in order to work, and what is amiss with it. */
interface Part {
  ok: boolean;
  detail: string;
}

export interface Readiness {
  ready: boolean;
  parts: { database: Part; weights: Part; worker: Part };
}

/** Whether jobs would be taken and done, by the parts that takes. Does not reject where the database cannot be read. */
export async function readiness(db: Database, now: number): Promise<Readiness> {
  const database = await unlessUnreadable(databasePart(db));
  const worker = database.ok
    ? await unlessUnreadable(workerPart(db, now))
    : { ok: false, detail: 'Unknown without the database.' };
  const parts = { database, weights: weightsPart(), worker };
  return { ready: Object.values(parts).every((part) => part.ok), parts };
}

async function databasePart(db: Database): Promise<Part> {
  const { applied, known } = await migrationState(db);
  if (applied >= known) return { ok: true, detail: 'Migrated.' };
  if (applied === 0) return { ok: false, detail: 'The database was never migrated.' };
  return { ok: false, detail: `${known - applied} migrations are missing.` };
}

/** A part that the database keeps from being asked is not ok. The log has the reason, which is not for everyone. */
async function unlessUnreadable(part: Promise<Part>): Promise<Part> {
  try {
    return await part;
  } catch (error) {
    webLog().error({ err: error }, 'the database cannot be read');
    return { ok: false, detail: unavailable(error)?.message ?? 'The database cannot be read.' };
  }
}

function weightsPart(): Part {
  const { weightsDir } = settings();
  const required = listModels().filter((model) => model.setUp === 'required');
  const missing = required.filter((model) => !isPresent(weightsDir, model)).map((model) => model.id);
  if (missing.length === 0) return { ok: true, detail: 'Present.' };
  return { ok: false, detail: `Missing: ${missing.join(', ')}.` };
}

async function workerPart(db: Database, now: number): Promise<Part> {
  const worker = await latestWorker(db);
  if (worker === null) return { ok: false, detail: 'No worker is running.' };
  const silentMs = now - worker.heartbeatAt;
  if (silentMs > WORKER_SILENT_MS) {
    return { ok: false, detail: `The last sign of life was ${Math.round(silentMs / 1000)} s ago.` };
  }
  const devices = worker.devices.map(({ provider, note }) => (note ? `${provider} (${note})` : provider));
  return { ok: true, detail: `Alive, computing on ${devices.join(', ')}.` };
}
