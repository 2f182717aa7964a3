import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { startProcess } from '#cli/processes';

interface SeatOptions {
  name: string;
  /** Node arguments. */
  command: string[];
  env: NodeJS.ProcessEnv;
  /** Where the log of each process goes. */
  folder: string;
  onLog(path: string): void;
}

/** A place for a process. Whoever is killed in it is followed by another at once, as under a process supervisor. */
export class Seat {
  /** Logs of the processes that were killed. */
  readonly killed = new Set<string>();
  /** What is to be said of processes that left unasked. */
  readonly deserters: string[] = [];
  readonly #options: SeatOptions;
  #process: ChildProcess | undefined;
  #log = '';
  #starts = 0;

  constructor(options: SeatOptions) {
    this.#options = options;
  }

  /** The process there now. */
  get process(): ChildProcess {
    return this.#process!;
  }

  /** Where it writes. */
  get log(): string {
    return this.#log;
  }

  start(): void {
    const { name, command, env, folder, onLog } = this.#options;
    const log = join(folder, `${name}-${(this.#starts += 1)}.log`);
    const file = openSync(log, 'a');
    const child = startProcess(command, env, file);
    closeSync(file);
    onLog(log);
    this.#process = child;
    this.#log = log;
    child.once('exit', (code, signal) => {
      if (this.#process !== child) return;
      this.deserters.push(`${log} ends with ${signal ?? code}, and nobody asked it to leave.`);
      this.start();
    });
  }

  /** Kill it as a crash would, and start the next. */
  replace(): void {
    this.kill();
    this.start();
  }

  kill(): void {
    const child = this.#process;
    this.#process = undefined;
    this.killed.add(this.#log);
    child?.kill('SIGKILL');
  }

  /** Ask it to leave, and wait until it has. */
  async stop(): Promise<void> {
    const child = this.process;
    this.#process = undefined;
    child.kill('SIGTERM');
    const [code, signal] = await once(child, 'exit');
    if (code !== 0) this.deserters.push(`${this.#log} was asked to leave and ended with ${signal ?? code}.`);
  }
}
