import type { Claim } from '#lib/jobs/statements/claim';
import type { Job } from '#lib/jobs/resource';
import { claimJobs } from '#lib/jobs/transitions';
import type { WorkerContext } from './context.ts';
import { execute } from './executor.ts';

/** Claims jobs as capacity frees up and sees each to the end of its attempt. One per device. */
export class Supervisor {
  readonly #context: WorkerContext;
  readonly #running = new Set<Promise<unknown>>();
  readonly #shutdown = new AbortController();
  #stopping = false;
  #lastClaimed: Job | undefined;
  #wake: () => void = () => undefined;
  #loop: Promise<void> | undefined;

  constructor(context: WorkerContext) {
    this.#context = context;
  }

  start(): void {
    this.#loop ??= this.#claimUntilStopped();
  }

  /** Look for work now. */
  nudge(): void {
    this.#wake();
  }

  /** Claim nothing more and wait for what runs, at most `drainMs`; the rest goes back to the queue, stages kept. */
  async drain(drainMs: number): Promise<void> {
    this.#stopping = true;
    this.#wake();
    await this.#loop;
    const timer = setTimeout(() => this.interrupt(), drainMs);
    await Promise.all(this.#running);
    clearTimeout(timer);
    await this.#context.runner.close();
  }

  /** Stop what runs now. */
  interrupt(): void {
    this.#shutdown.abort('interrupted');
  }

  async #claimUntilStopped(): Promise<void> {
    while (!this.#stopping) {
      const woken = this.#nextWake();
      await this.#claim().catch((error) => this.#context.log.error({ err: error }, 'claim failed'));
      await woken;
    }
  }

  async #claim(): Promise<void> {
    const { db, workerId, capacity, settings, clock } = this.#context;
    const limit = capacity - this.#running.size;
    if (limit <= 0) return;
    const claim = { workerId, limit, leaseMs: settings.leaseMs, warm: this.#warm() };
    for (const job of await claimJobs(db, claim, clock())) {
      this.#lastClaimed = job;
      const running = execute(this.#context, job, this.#shutdown.signal).finally(() => {
        this.#running.delete(running);
        this.#wake();
      });
      this.#running.add(running);
    }
  }

  /** What the runner has loaded: what it ran last, as long as it lives. */
  #warm(): Claim['warm'] {
    return this.#context.runner.pid === undefined ? null : this.#lastClaimed;
  }

  /** Resolves at the next poll, or sooner when a job ends or the worker stops. */
  #nextWake(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, this.#context.settings.pollMs);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
