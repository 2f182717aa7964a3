import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { enqueueJobs } from '#lib/jobs/requests';
import { startProcess, webCommand } from '#cli/processes';
import { Api } from '#tests/e2e/api';
import { Studio } from '#tests/e2e/studio';
import { waitFor } from '#tests/wait-for';
import { startBusyWorker } from './busy-worker.ts';
import { Listeners } from './listeners.ts';

const OWNERS = 10;
const LISTENERS_EACH = 20;
/** Jobs of the first owner that run or wait. */
const ACTIVE = 10;
const ANY_NUMBER = '1000000000';

/** Counted as ever, but nobody is refused. */
const SETTINGS = {
  MULTIPLANE_LIMIT_API_HOUR: ANY_NUMBER,
  MULTIPLANE_LIMIT_API_DAY: ANY_NUMBER,
  MULTIPLANE_LIMIT_READS_HOUR: ANY_NUMBER,
  MULTIPLANE_OWNER_PENDING_JOBS: ANY_NUMBER,
  MULTIPLANE_QUEUE_JOBS: ANY_NUMBER,
  MULTIPLANE_LOG_LEVEL: 'info',
};

/** A studio as it stands under load. */
export interface ServedStudio {
  studio: Studio;
  /** Ten owners, each with a job that twenty clients listen to. The first one's runs. */
  owners: Api[];
  listeners: Listeners;
  dispose(): Promise<void>;
}

/** Start the production build as `npm start` does, with its log in a file. */
export async function startServedStudio(): Promise<ServedStudio> {
  const studio = await Studio.create(SETTINGS);
  const log = await open(join(studio.dataDir, 'web.log'), 'w');
  const listeners = new Listeners();
  let rest: (() => void) | undefined;
  const dispose = async () => {
    rest?.();
    listeners.close();
    await studio.dispose();
    await log.close();
  };
  try {
    studio.web = startProcess(webCommand({ host: '127.0.0.1', port: studio.port }), studio.env, log.fd);
    await waitFor('the web process', () => fetch(`${studio.url}/health`).then((answer) => answer.ok));
    const owners: Api[] = [];
    for (let n = 0; n < OWNERS; n++) owners.push(await Api.create(studio));
    const watched = await enqueueFor(studio, owners);
    rest = await startBusyWorker(studio.db);
    for (const [at, owner] of owners.entries()) {
      const url = `${studio.url}/api/v1/jobs/${watched[at]}/events`;
      for (let n = 0; n < LISTENERS_EACH; n++) await listeners.add(url, owner.key);
    }
    return { studio, owners, listeners, dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** Each owner's first job; the first owner's goes first of all. */
async function enqueueFor({ db }: Studio, owners: Api[]): Promise<string[]> {
  const now = Date.now();
  const firsts: string[] = [];
  for (const [at, { actor }] of owners.entries()) {
    const count = at === 0 ? ACTIVE : 1;
    const [first] = await enqueueJobs(
      db,
      Array.from({ length: count }, () => newJob(actor.userId)),
      now,
    );
    firsts.push(first!);
  }
  return firsts;
}

function newJob(ownerId: string) {
  const params = { num_layers: 4 };
  const kind = { pipeline: 'photo-realistic', model: 'auto', params, priority: 0, maxAttempts: 3 };
  return { ...kind, ownerId, warnings: [], inputs: [] };
}
