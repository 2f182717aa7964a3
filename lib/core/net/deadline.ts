import { tooSlow } from './fetch-errors.ts';

/** Ends an exchange when its time is up, or its caller has gone. */
export class Deadline {
  readonly #controller = new AbortController();
  readonly #timer: NodeJS.Timeout;
  readonly #caller: AbortSignal | undefined;
  readonly #stop = () => this.#controller.abort(this.#caller?.reason);

  /** @param timeoutMs from now */
  constructor({ timeoutMs, signal }: { timeoutMs: number; signal?: AbortSignal | undefined }) {
    this.#caller = signal;
    this.#timer = setTimeout(() => this.#controller.abort(tooSlow()), timeoutMs);
    if (signal?.aborted) this.#stop();
    signal?.addEventListener('abort', this.#stop);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#caller?.removeEventListener('abort', this.#stop);
  }
}
