import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

const RESTART_DELAY_MS = 1_000;
/** One that dies sooner than this after its start died of it, most likely, and will again. */
const QUICK_DEATH_MS = 10_000;
const MOST_QUICK_DEATHS = 5;

interface Limits {
  restartDelayMs: number;
  quickDeathMs: number;
}

/** A process that is started again when it dies, until it is stopped or turns out to be hopeless. */
export class KeptProcess {
  readonly name: string;
  /** Rejects when it has died so often, each time right after its start, that it is not started again. */
  readonly hopeless: Promise<never>;
  readonly #start: () => ChildProcess;
  readonly #limits: Limits;
  #child!: ChildProcess;
  #stopping = false;
  #quickDeaths = 0;
  #giveUp!: (reason: Error) => void;

  constructor(
    name: string,
    start: () => ChildProcess,
    limits: Limits = { restartDelayMs: RESTART_DELAY_MS, quickDeathMs: QUICK_DEATH_MS },
  ) {
    this.name = name;
    this.#start = start;
    this.#limits = limits;
    this.hopeless = new Promise((_, reject) => (this.#giveUp = reject));
    // Whoever does not wait for it need not handle it.
    this.hopeless.catch(() => undefined);
    this.#startWatched();
  }

  /** Ask it to leave, and resolve when it has. Asking again passes the request on again. */
  async stop(): Promise<void> {
    this.#stopping = true;
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const left = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    await left;
  }

  #startWatched(): void {
    const startedAt = performance.now();
    const child = this.#start();
    this.#child = child;
    child.once('exit', () => this.#died(startedAt));
    child.on('error', (error) => {
      // One that could not even be started never exits; an error of a living one is not its end.
      if (child.pid === undefined) this.#died(startedAt, error);
    });
  }

  #died(startedAt: number, cause?: Error): void {
    const lived = performance.now() - startedAt;
    this.#quickDeaths = lived < this.#limits.quickDeathMs ? this.#quickDeaths + 1 : 0;
    if (this.#quickDeaths < MOST_QUICK_DEATHS) {
      setTimeout(() => this.#restart(), this.#limits.restartDelayMs);
      return;
    }
    const message = `The ${this.name} process ended ${MOST_QUICK_DEATHS} times right after its start; what it printed above says why.`;
    this.#giveUp(new Error(message, { cause }));
  }

  #restart(): void {
    if (!this.#stopping) this.#startWatched();
  }
}
