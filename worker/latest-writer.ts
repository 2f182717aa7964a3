/** Writes a value that changes often: at most once in an interval, and always the latest. */
export class LatestWriter<T> {
  readonly #write: (value: T) => Promise<unknown>;
  readonly #intervalMs: number;
  #latest: { value: T } | null = null;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<unknown> = Promise.resolve();
  #stopped = false;

  /** @param write may fail: what it was to write is dropped then, for more will come */
  constructor(write: (value: T) => Promise<unknown>, intervalMs: number) {
    this.#write = write;
    this.#intervalMs = intervalMs;
  }

  /** Write this one soon, unless a later one comes first. */
  report(value: T): void {
    if (this.#stopped) return;
    this.#latest = { value };
    this.#timer ??= setTimeout(() => void this.#flush(), this.#intervalMs);
  }

  /** Drop what is not written yet, and what may still come. Resolves when nothing is being written any more. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    this.#latest = null;
    await this.#writing;
  }

  /** One write at a time, so that none can overtake another. */
  async #flush(): Promise<void> {
    const latest = this.#latest;
    this.#latest = null;
    if (latest) await (this.#writing = this.#write(latest.value).catch(() => undefined));
    this.#timer = undefined;
    if (this.#latest) this.report((this.#latest as { value: T }).value);
  }
}
