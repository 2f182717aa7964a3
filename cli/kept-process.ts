import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

const RESTART_DELAY_MS = 1_000;

/** A process that is started again when it dies, until it is stopped. */
export class KeptProcess {
  readonly #start: () => ChildProcess;
  #child: ChildProcess;
  #stopping = false;

  constructor(start: () => ChildProcess) {
    this.#start = start;
    this.#child = this.#startWatched();
  }

  /** Ask it to leave, and resolve when it has. Asking again passes the request on again. */
  async stop(): Promise<void> {
    this.#stopping = true;
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const left = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    await left;
  }

  #startWatched(): ChildProcess {
    const child = this.#start();
    child.once('exit', () => setTimeout(() => this.#restart(), RESTART_DELAY_MS));
    return child;
  }

  #restart(): void {
    if (!this.#stopping) this.#child = this.#startWatched();
  }
}
