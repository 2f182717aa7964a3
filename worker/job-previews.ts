import { previewKey } from '#lib/jobs/files';
import type { Lease } from '#lib/jobs/lease';
import type { WorkerContext } from './context.ts';
import { LatestWriter } from './latest-writer.ts';
import type { ProgressWriter } from './progress-writer.ts';

/** Keeps the latest preview of a running job where people can ask for it, and has its progress say so. */
export class JobPreviews {
  readonly #context: Pick<WorkerContext, 'store' | 'log'>;
  readonly #lease: Lease;
  readonly #progress: ProgressWriter;
  readonly #writer = new LatestWriter<Uint8Array>((webp) => this.#keep(webp), 0);
  #sequence = 0;

  constructor(context: Pick<WorkerContext, 'store' | 'log'>, lease: Lease, progress: ProgressWriter) {
    this.#context = context;
    this.#lease = lease;
    this.#progress = progress;
  }

  /** Take a preview in, in place of the one before. */
  take(webp: Uint8Array): void {
    this.#writer.report(webp);
  }

  /** Remove what is kept, once the attempt is over. Never throws: what stays behind is swept. */
  async remove(): Promise<void> {
    const { store, log } = this.#context;
    await this.#writer.stop();
    if (this.#sequence === 0) return;
    await store.remove(this.#key).catch((error) => log.warn({ err: error }, 'a preview was left behind'));
  }

  async #keep(webp: Uint8Array): Promise<void> {
    this.#sequence += 1;
    await this.#context.store.writeAtomic(this.#key, webp);
    this.#progress.show({ fence: this.#lease.fence, sequence: this.#sequence });
  }

  get #key(): string {
    return previewKey(this.#lease.jobId, this.#lease.fence);
  }
}
