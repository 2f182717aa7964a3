import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { readSettings } from '#lib/config/settings';
import { webCommand, workerCommand } from '#cli/processes';
import { runnerPidOf, Studio } from '../e2e/studio.ts';
import { waitFor } from '../wait-for.ts';
import { Clocks } from './clocks.ts';
import type { Pressure } from './pressure.ts';
import { type LogLine, ProcessLogs } from './process-logs.ts';
import { Seat } from './seat.ts';

const LEASE_MS = 3_000;
/** Time enough for the lease to run out, for others to see that it has, and for one of them to claim the job. */
const FREEZE_MS = 3 * LEASE_MS;

const LONGEST_WAIT_MS = 20_000;

const SETTINGS = {
  MULTIPLANE_DRILL: 'on',
  MULTIPLANE_LEASE_MS: String(LEASE_MS),
  MULTIPLANE_DRAIN_MS: '0',
};

/** One studio with several workers, each of whose processes can be made to meet with misfortune. */
export class Cluster {
  readonly studio: Studio;
  readonly logs = new ProcessLogs();
  readonly clocks: Clocks;
  readonly web: Seat;
  readonly workers: Seat[];
  readonly kills = { web: 0, worker: 0, runner: 0 };
  /** How often a worker stood still. */
  freezes = 0;
  /** How the second writer fares. */
  pressure: Pressure = { held: 0, heldMs: 0, refused: 0 };
  readonly #folder: string;
  #presser: ChildProcess | undefined;

  private constructor(studio: Studio, workers: number) {
    this.studio = studio;
    this.#folder = join(studio.dataDir, 'storm');
    mkdirSync(this.#folder);
    this.clocks = new Clocks(this.#folder, workers);
    const { env } = studio;
    const folder = this.#folder;
    const command = webCommand({ host: '127.0.0.1', port: studio.port });
    this.web = new Seat({ name: 'web', command, env, folder, onLog: () => undefined });
    this.workers = Array.from({ length: workers }, (_, worker) => this.#workerSeat(worker));
  }

  /** Start a web process, this many workers and a second writer. */
  static async start(workers: number, seed: number): Promise<Cluster> {
    const cluster = new Cluster(await Studio.create(SETTINGS), workers);
    for (const seat of [cluster.web, ...cluster.workers]) seat.start();
    cluster.#press(seed);
    await waitFor('the web process to answer', () => fetch(`${cluster.studio.url}/health`));
    return cluster;
  }

  /** How much has been seen to happen in the workers until now. */
  seen(): number {
    this.logs.read();
    return this.logs.events;
  }

  killWeb(): void {
    this.web.replace();
    this.kills.web++;
  }

  killWorker(worker: number): void {
    this.workers[worker]!.replace();
    this.kills.worker++;
  }

  /** Kill the process that computes for a worker, or for another where it has none; where none has, the worker. */
  async killRunner(worker: number): Promise<void> {
    for (const seat of [this.workers[worker]!, ...this.workers]) {
      const pid = await runnerPidOf(seat.process).catch(() => undefined);
      if (pid === undefined || !killIfThere(pid)) continue;
      this.kills.runner++;
      return;
    }
    this.killWorker(worker);
  }

  /**
   * Let a worker stand still, or another that has a job, until its job has gone to a third; while what computes for it
   * goes on.
   */
  async freeze(worker: number): Promise<void> {
    const seats = [this.workers[worker]!, ...this.workers];
    const isBusy = ({ log }: Seat) => this.logs.openClaim(log) !== undefined;
    await within(FREEZE_MS, () => this.seen() && seats.some(isBusy));
    const { log, process: child } = seats.find(isBusy) ?? seats[0]!;
    const claim = this.logs.openClaim(log);
    child.kill('SIGSTOP');
    this.freezes++;
    await within(FREEZE_MS, () => claim && this.#isClaimedAgain(claim));
    child.kill('SIGCONT');
  }

  /** Wait until a job is claimed, but not for long. */
  async untilClaimed(job: { readonly id: string | null }): Promise<void> {
    const isClaim = ({ msg, jobId }: LogLine) => msg === 'job started' && jobId === job.id;
    await within(LONGEST_WAIT_MS, () => this.seen() && this.logs.lines.some(isClaim));
  }

  /** End the second writer and ask the workers to leave; the web process stays. */
  async calm(): Promise<void> {
    await this.#relieve();
    await waitFor('every worker to be ready', () => this.seen() && this.workers.every(this.#isReady));
    await Promise.all(this.workers.map((seat) => seat.stop()));
    this.logs.read();
  }

  /** End every process that is left. */
  async end({ keepFolder }: { keepFolder: boolean }): Promise<void> {
    await this.#relieve();
    for (const seat of [this.web, ...this.workers]) seat.kill();
    this.logs.close();
    if (!keepFolder) await this.studio.dispose();
  }

  #workerSeat(worker: number): Seat {
    const env = this.clocks.environment(worker, { ...this.studio.env, MULTIPLANE_LOG_LEVEL: 'info' });
    const onLog = (path: string) => this.logs.add(path);
    const name = `worker-${worker}`;
    return new Seat({ name, command: workerCommand, env, folder: this.#folder, onLog });
  }

  readonly #isReady = (seat: Seat): boolean =>
    this.logs.lines.some(({ log, msg }) => log === seat.log && msg === 'worker ready');

  #isClaimedAgain({ jobId, fence }: LogLine): boolean {
    this.logs.read();
    return this.logs.lines.some(
      (line) => line.msg === 'job started' && line.jobId === jobId && line.fence! > fence!,
    );
  }

  #press(seed: number): void {
    const args = [readSettings(this.studio.env).databaseUrl, String(seed)];
    this.#presser = fork('tests/storm/pressure.ts', args, { execArgv: ['--import', 'tsx'] });
    this.#presser.on('message', (pressure: Pressure) => (this.pressure = pressure));
  }

  async #relieve(): Promise<void> {
    const presser = this.#presser;
    this.#presser = undefined;
    if (!presser) return;
    presser.kill();
    await once(presser, 'exit');
  }
}

/** Wait for something, but not for longer than this. */
async function within(ms: number, question: () => unknown): Promise<void> {
  const longest = performance.now() + ms;
  await waitFor('it, or the end of its time', () => performance.now() > longest || question());
}

/** False where the process left by itself a moment before. */
function killIfThere(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch {
    return false;
  }
}
