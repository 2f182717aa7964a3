import { forgetFetch, recordFetch, wakeWaitingFor, type WeightFetch } from '#lib/jobs/weight-fetches';
import { bytesToFetch } from '#lib/models/download-plan';
import type { DownloadTotal } from '#lib/models/download-tally';
import type { Model } from '#lib/models/model';
import type { WorkerContext } from '../context.ts';
import { LatestWriter } from '../latest-writer.ts';

const SHORTEST_INTERVAL_MS = 500;

/** What the fetching of weights works with. */
export type FetchContext = Pick<WorkerContext, 'workerId' | 'db' | 'settings' | 'clock' | 'log'>;

/** What a worker says in the database of fetching one model, where the web process reads it for those who wait. */
export class FetchReport {
  readonly #context: FetchContext;
  readonly #writer: LatestWriter<DownloadTotal>;
  #fetch: WeightFetch;

  constructor(context: FetchContext, model: Model) {
    const { workerId, settings, clock } = context;
    this.#context = context;
    this.#fetch = {
      workerId,
      model: model.id,
      title: model.title,
      receivedBytes: 0,
      totalBytes: bytesToFetch(settings.weightsDir, model),
      error: null,
      retryAt: null,
      updatedAt: clock(),
    };
    this.#writer = new LatestWriter((total) => this.#write(total), SHORTEST_INTERVAL_MS);
  }

  /** Say that it is going to be fetched. */
  announce(): Promise<void> {
    return this.#write({});
  }

  /** Say soon how much is there; at most twice a second. */
  received(total: DownloadTotal): void {
    this.#writer.report(total);
  }

  /** Say why it failed, and when it is tried again; null where it is not. */
  async failed(error: string, retryAt: number | null): Promise<void> {
    await this.#writer.stop();
    await this.#write({ error, retryAt });
  }

  /** Have the jobs that wait for it looked at now. */
  async arrived(): Promise<void> {
    const { db, clock } = this.#context;
    await this.withdraw();
    await wakeWaitingFor(db, this.#fetch.model, clock());
  }

  /** Say nothing of it any more. */
  async withdraw(): Promise<void> {
    await this.#writer.stop();
    await forgetFetch(this.#context.db, this.#fetch.workerId, this.#fetch.model);
  }

  #write(changes: Partial<WeightFetch>): Promise<void> {
    const { db, clock } = this.#context;
    this.#fetch = { ...this.#fetch, ...changes, updatedAt: clock() };
    return recordFetch(db, this.#fetch);
  }
}
