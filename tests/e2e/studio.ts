import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readSettings } from '#lib/config/settings';
import { systemClock } from '#lib/core/clock';
import { type Database, openDatabase } from '#lib/db/client';
import { migrateDatabase } from '#lib/db/migrate';
import { startProcess, webCommand, workerCommand } from '#cli/processes';
import { freePort } from '../free-port.ts';
import { lastingFolder } from '../lasting-folder.ts';
import { waitFor } from '../wait-for.ts';

const HOST = '127.0.0.1';

/** A test asks for more in a minute than a person does in an hour. */
const UNLIMITED = {
  MULTIPLANE_LIMIT_WEB_HOUR: '0',
  MULTIPLANE_LIMIT_API_HOUR: '0',
  MULTIPLANE_LIMIT_API_DAY: '0',
  MULTIPLANE_LIMIT_READS_HOUR: '0',
  MULTIPLANE_LIMIT_ENHANCE_MINUTE: '0',
  MULTIPLANE_LIMIT_SIGN_IN_MINUTE: '0',
};

/** A studio of its own for a test: production web process, real worker, empty data folder, the shared weights. */
export class Studio {
  readonly dataDir: string;
  readonly port: number;
  readonly db: Database;
  readonly env: NodeJS.ProcessEnv;
  web: ChildProcess | undefined;
  worker: ChildProcess | undefined;

  private constructor(dataDir: string, port: number, db: Database, env: NodeJS.ProcessEnv) {
    this.dataDir = dataDir;
    this.port = port;
    this.db = db;
    this.env = env;
  }

  /** Make one, with a migrated database and nothing started yet. `env` is added to the settings. */
  static async create(env: Record<string, string> = {}): Promise<Studio> {
    const dataDir = lastingFolder();
    const port = await freePort();
    const all = {
      ...process.env,
      MULTIPLANE_WEIGHTS_DIR: readSettings(process.env).weightsDir,
      MULTIPLANE_DATA_DIR: dataDir,
      MULTIPLANE_LOG_LEVEL: 'error',
      ...UNLIMITED,
      ...env,
    };
    const { databaseUrl, databaseToken } = readSettings(all);
    const db = await openDatabase(databaseUrl, databaseToken);
    await migrateDatabase(db);
    return new Studio(dataDir, port, db, all);
  }

  get url(): string {
    return `http://${HOST}:${this.port}`;
  }

  async startWeb(): Promise<void> {
    this.web = startProcess(webCommand({ host: HOST, port: this.port }), this.env);
    await waitFor('the web process to answer', () => fetch(`${this.url}/health`).then((answer) => answer.ok));
  }

  /** Start a worker and wait until it says that it is ready. `env` is added to its settings. */
  async startWorker(env: Record<string, string> = {}): Promise<void> {
    this.worker = startProcess(workerCommand, { ...this.env, ...env });
    await once(this.worker, 'message');
  }

  /** Kill a process as a crash would, and wait until it is gone. */
  async kill(which: 'web' | 'worker'): Promise<void> {
    const child = this[which];
    this[which] = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  /** Ask the worker to leave, and wait until it has. */
  async stopWorker(): Promise<void> {
    const worker = this.worker!;
    this.worker = undefined;
    worker.kill('SIGTERM');
    await once(worker, 'exit');
  }

  /** Process id of the worker's runner, once it has one. */
  runnerPid(): Promise<number | undefined> {
    return runnerPidOf(this.worker!);
  }

  /** Every file the studio keeps. */
  async files(): Promise<string[]> {
    const entries = await readdir(join(this.dataDir, 'files'), {
      recursive: true,
      withFileTypes: true,
    }).catch(() => []);
    return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  }

  /** Every file and folder the studio keeps for a job. */
  filesOfJob(jobId: string): Promise<string[]> {
    return readdir(join(this.dataDir, 'files', 'jobs', jobId), { recursive: true }).catch(() => []);
  }

  async dispose(): Promise<void> {
    await Promise.all([this.kill('web'), this.kill('worker')]);
    this.db.$client.close();
    await rm(this.dataDir, { recursive: true, force: true });
  }

  now(): number {
    return systemClock();
  }
}

/** Process id of a worker's runner, where it has one; Linux only. */
export async function runnerPidOf({ pid: worker }: ChildProcess): Promise<number | undefined> {
  const children = await readFile(`/proc/${worker}/task/${worker}/children`, 'utf8');
  for (const pid of children.split(' ').filter(Boolean)) {
    if ((await readFile(`/proc/${pid}/cmdline`, 'utf8')).includes('runner/child')) return Number(pid);
  }
  return undefined;
}
