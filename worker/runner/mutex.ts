import { once } from 'node:events';

/** Lets one work at a time, in the order in which they came. */
export class Mutex {
  #last: Promise<void> = Promise.resolve();

  /** Do the work once all who came before are done. Throws the signal's reason where it is aborted before that. */
  async run<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    const before = this.#last;
    let leave!: () => void;
    const left = new Promise<void>((resolve) => (leave = resolve));
    this.#last = before.then(() => left);
    const turn = new AbortController();
    try {
      signal.throwIfAborted();
      await Promise.race([before, once(signal, 'abort', { signal: turn.signal })]);
      turn.abort();
      signal.throwIfAborted();
      return await work();
    } finally {
      leave();
    }
  }
}
