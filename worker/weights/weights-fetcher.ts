import { AppError, toAppError } from '#lib/core/errors';
import { thisMachine } from '#lib/core/this-machine';
import { retryDelayMs } from '#lib/jobs/retry-policy';
import { fetchesOf, isWaitedFor, modelsWaitedFor } from '#lib/jobs/weight-fetches';
import { workersOn } from '#lib/jobs/workers';
import { findModel } from '#lib/models/catalogue';
import { downloadModels, type DownloadOptions } from '#lib/models/download';
import type { Model } from '#lib/models/model';
import { Mutex } from '../runner/mutex.ts';
import { untilAnswered } from '../until-answered.ts';
import { type FetchContext, FetchReport } from './fetch-report.ts';

/**
 * Fetches the weights that jobs wait for, beside whatever runs: one model at a time, told in the database as it comes. What
 * fails is tried again, ever later, as long as a job waits for it; what another try would not mend is left to people. See
 * docs/decisions/013-weights-on-first-use.md.
 */
export class WeightsFetcher {
  readonly #context: FetchContext;
  readonly #find: (id: string) => Model | undefined;
  readonly #turns = new Mutex();
  readonly #stopped = new AbortController();
  /** Ids of the models that are being seen to, or are left to people. */
  readonly #known = new Set<string>();

  /** @param find looks a model up by its id */
  constructor(context: FetchContext, find: (id: string) => Model | undefined = findModel) {
    this.#context = context;
    this.#find = find;
  }

  /** See to it that these models get here. Asking again changes nothing. */
  want(modelIds: readonly string[]): void {
    for (const model of modelIds.map(this.#find)) {
      if (!model || this.#known.has(model.id)) continue;
      this.#known.add(model.id);
      void this.#seeTo(model);
    }
  }

  /** Go on with what another worker may have left: the models that jobs wait for now. */
  async resume(): Promise<void> {
    const { db, log } = this.#context;
    try {
      this.want(await modelsWaitedFor(db));
    } catch (error) {
      log.warn({ err: error }, 'not known which weights are waited for');
    }
  }

  /** Begin nothing more. What is on its way ends with the process, and the next one goes on with it. */
  stop(): void {
    this.#stopped.abort();
  }

  async #seeTo(model: Model, failures = 0): Promise<void> {
    const report = new FetchReport(this.#context, model);
    try {
      const isLeft =
        (await this.#isFetchedNextDoor(model)) || (failures > 0 && !(await this.#isWaitedFor(model)));
      if (isLeft) await report.withdraw();
      else if (!(await this.#fetch(model, report, failures))) return;
    } catch (error) {
      // The database is away, mostly. The next job that lacks the model asks for it again.
      if (!this.#stopped.signal.aborted)
        this.#context.log.warn({ err: error, model: model.id }, 'weights not seen to');
    }
    this.#known.delete(model.id);
  }

  /** Whether another worker of this machine, which mostly has the same folder of weights, fetches it already. */
  async #isFetchedNextDoor({ id }: Model): Promise<boolean> {
    const { db, workerId } = this.#context;
    const workers = await workersOn(db, thisMachine());
    const neighbours = workers.map((worker) => worker.id).filter((other) => other !== workerId);
    return (await fetchesOf(db, [id], neighbours)).some(({ error }) => error === null);
  }

  #isWaitedFor({ id }: Model): Promise<boolean> {
    return isWaitedFor(this.#context.db, id);
  }

  /** Returns whether it is here now. */
  async #fetch(model: Model, report: FetchReport, failures: number): Promise<boolean> {
    await report.announce();
    const { signal } = this.#stopped;
    const failure = await this.#turns.run(signal, () => this.#download(model, report));
    if (failure) await this.#settleFailure(model, report, failure, failures + 1);
    else await untilAnswered(() => report.arrived(), signal);
    return failure === null;
  }

  /** Returns why it failed, if it did. */
  async #download(model: Model, report: FetchReport): Promise<AppError | null> {
    const { settings, log } = this.#context;
    const asides: string[] = [];
    const options: DownloadOptions = {
      weightsDir: settings.weightsDir,
      mirror: settings.weightsMirror,
      onPlan: (sentence) => log.info({ model: model.id }, sentence),
      onMirrorUnused: (sentence) => asides.push(sentence),
      onProgress: ({ all }) => report.received(all),
    };
    try {
      await downloadModels([model], options);
      log.info({ model: model.id }, 'weights fetched');
      return null;
    } catch (thrown) {
      const { code, message, cause } = toAppError(thrown);
      return new AppError(code, [message, ...asides].join(' '), { cause });
    }
  }

  async #settleFailure(model: Model, report: FetchReport, error: AppError, failures: number): Promise<void> {
    const { clock, log } = this.#context;
    log.warn({ err: error, model: model.id, failures }, 'weights not fetched');
    if (!error.retryable) return report.failed(error.message, null);
    const delayMs = retryDelayMs(failures);
    await report.failed(error.message, clock() + delayMs);
    setTimeout(() => void this.#seeTo(model, failures), delayMs).unref();
  }
}
