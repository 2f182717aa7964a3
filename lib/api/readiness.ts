import { settings } from '#lib/config/settings';
import type { Database } from '#lib/db/client';
import { countMissingMigrations } from '#lib/db/migrate';
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

/** Whether jobs would be taken and done, by the parts that takes. Never throws: a part that cannot be asked is not ok. */
export async function readiness(db: Database, now: number): Promise<Readiness> {
  const database = await databasePart(db);
  const worker = database.ok
    ? await workerPart(db, now)
    : { ok: false, detail: 'Unknown without the database.' };
  const parts = { database, weights: weightsPart(), worker };
  return { ready: Object.values(parts).every((part) => part.ok), parts };
}

async function databasePart(db: Database): Promise<Part> {
  try {
    const missing = await countMissingMigrations(db);
    if (missing <= 0) return { ok: true, detail: 'Migrated.' };
    return { ok: false, detail: `${missing} migrations are missing.` };
  } catch {
    return { ok: false, detail: 'The database cannot be read or was never migrated.' };
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
