import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const SHIFTED_CLOCK = pathToFileURL(resolve('tests/storm/shifted-clock.mjs')).href;

/** The workers' clocks: each has a file that says by how much it is off; see `shifted-clock.mjs`. */
export class Clocks {
  readonly #files: string[];

  constructor(folder: string, workers: number) {
    this.#files = Array.from({ length: workers }, (_, worker) => join(folder, `clock-${worker}`));
    for (const file of this.#files) write(file, 0);
  }

  /** The environment of a worker whose clock can be set. */
  environment(worker: number, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
    const options = [env['NODE_OPTIONS'], `--import=${SHIFTED_CLOCK}`].filter(Boolean).join(' ');
    return { ...env, NODE_OPTIONS: options, STORM_CLOCK: this.#files[worker]! };
  }

  /** Set a worker's clock forward or back. */
  shift(worker: number, byMs: number): void {
    write(this.#files[worker]!, this.#offsets()[worker]! + byMs);
  }

  /** Set every clock to this much after the latest of them. */
  passTime(ms: number): void {
    const offset = Math.max(...this.#offsets()) + ms;
    for (const file of this.#files) write(file, offset);
  }

  /** What the clock says that is ahead of the others, epoch milliseconds. */
  latest(): number {
    return Date.now() + Math.max(...this.#offsets());
  }

  #offsets(): number[] {
    return this.#files.map((file) => Number(readFileSync(file, 'utf8')));
  }
}

/** Whole at every moment, since workers read it when they like. */
function write(file: string, offsetMs: number): void {
  writeFileSync(`${file}.new`, String(offsetMs));
  renameSync(`${file}.new`, file);
}
