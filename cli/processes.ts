import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const resolve = createRequire(import.meta.url).resolve;

/** Node arguments that run the Next.js command line without a shell or npx between. */
export const nextCommand = [resolve('next/dist/bin/next')];

const FOLLOW_PARENT = new URL('./follow-parent.mjs', import.meta.url).href;
const TSX = pathToFileURL(resolve('tsx')).href;

export interface WebAddress {
  host: string;
  port: number;
}

/** Node arguments of the web process. */
export function webCommand({ host, port }: WebAddress): string[] {
  return ['--import', FOLLOW_PARENT, ...nextCommand, 'start', '--hostname', host, '--port', String(port)];
}

/** Node arguments of the worker process. */
export const workerCommand = ['--import', TSX, 'worker/index.ts'];

/**
 * Start one of our processes in a group of its own: a terminal's Ctrl-C then reaches only the one that started it,
 * which passes it on in its own way. Its IPC channel lets it notice that its parent is gone.
 */
export function startProcess(command: string[], env: NodeJS.ProcessEnv = process.env): ChildProcess {
  return spawn(process.execPath, command, {
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { ...env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
  });
}

/** A process that is started again when it dies, until it is stopped. */
export class KeptProcess {
  readonly #start: () => ChildProcess;
  #child: ChildProcess;
  #stopping = false;

  constructor(start: () => ChildProcess) {
    this.#start = start;
    this.#child = this.#watch();
  }

  /** Ask it to leave, and resolve when it has. */
  async stop(): Promise<void> {
    this.#stopping = true;
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.kill('SIGTERM');
    await once(this.#child, 'exit');
  }

  /** Pass a second request to stop on. */
  hurry(): void {
    this.#child.kill('SIGTERM');
  }

  #watch(): ChildProcess {
    const child = this.#start();
    child.once('exit', () => {
      if (this.#stopping) return;
      setTimeout(() => {
        if (!this.#stopping) this.#child = this.#watch();
      }, RESTART_DELAY_MS);
    });
    return child;
  }
}

const RESTART_DELAY_MS = 1_000;
