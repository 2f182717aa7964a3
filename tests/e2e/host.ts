import { once } from 'node:events';
import { type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { startProcess, workerCommand } from '#cli/processes';
import { lastingFolder } from '../lasting-folder.ts';
import { TcpProxy } from '../tcp-proxy.ts';

interface Places {
  /** Address of the libSQL server. */
  database: string;
  /** Address of the S3-compatible store. */
  files: string;
}

/** A worker as on a machine of its own: nothing on its disk is anybody else's, and its network can be cut. */
export class Host {
  readonly #folder = lastingFolder();
  readonly #ways: TcpProxy[] = [];
  #process!: ChildProcess;

  /** Start one, and wait until its worker says that it is ready. */
  static async start(env: NodeJS.ProcessEnv, places: Places): Promise<Host> {
    const host = new Host();
    const here = {
      MULTIPLANE_DATA_DIR: host.#folder,
      MULTIPLANE_DATABASE_URL: await host.#wayTo(places.database),
      MULTIPLANE_S3_ENDPOINT: await host.#wayTo(places.files),
    };
    const log = openSync(host.#logPath, 'a');
    host.#process = startProcess(workerCommand, { ...env, ...here }, log);
    closeSync(log);
    await once(host.#process, 'message');
    return host;
  }

  get pid(): number {
    return this.#process.pid!;
  }

  /** What its worker has said so far. */
  log(): Promise<string> {
    return readFile(this.#logPath, 'utf8');
  }

  cutNetwork(): void {
    for (const way of this.#ways) way.cut();
  }

  restoreNetwork(): void {
    for (const way of this.#ways) way.restore();
  }

  /** Let its worker stand still, while what computes for it goes on and has its results ready when it wakes. */
  freeze(): void {
    this.#process.kill('SIGSTOP');
  }

  thaw(): void {
    this.#process.kill('SIGCONT');
  }

  /** As a loss of power would. */
  async kill(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    process.kill(-this.pid, 'SIGKILL');
    await once(this.#process, 'exit');
  }

  async dispose(): Promise<void> {
    await this.kill();
    await Promise.all(this.#ways.map((way) => way.dispose()));
    await rm(this.#folder, { recursive: true, force: true });
  }

  get #logPath(): string {
    return join(this.#folder, 'worker.log');
  }

  /** The same address, by a way of this host's own. */
  async #wayTo(address: string): Promise<string> {
    const url = new URL(address);
    const way = await TcpProxy.to(Number(url.port));
    this.#ways.push(way);
    url.port = String(way.port);
    return url.href;
  }
}
