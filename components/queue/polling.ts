/** Reads once, and handles what goes wrong. Once `signal` is aborted its answer is of no more use. */
export type Read = (signal: AbortSignal) => Promise<void>;

/**
 * Reads again and again, `delayMs` after each answer. There is one reading at a time: one that is asked for meanwhile
 * takes the place of the one under way, whose answer would be the older. A delay of null reads only when asked.
 */
export class Polling {
  readonly #read: Read;
  readonly #delayMs: () => number | null;
  #reading = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(read: Read, delayMs: () => number | null) {
    this.#read = read;
    this.#delayMs = delayMs;
  }

  /** Read now; done when the answer is in, or given up for a later one. */
  async now(): Promise<void> {
    this.stop();
    const { signal } = (this.#reading = new AbortController());
    await this.#read(signal);
    if (!signal.aborted) this.schedule();
  }

  /** Read when the time comes. */
  schedule(): void {
    clearTimeout(this.#timer);
    const delayMs = this.#delayMs();
    if (delayMs !== null) this.#timer = setTimeout(() => void this.now(), delayMs);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#reading.abort();
  }
}
