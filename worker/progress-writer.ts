import type { Clock } from '#lib/core/clock';
import type { Database } from '#lib/db/client';
import type { JobProgress } from '#lib/db/schema/jobs';
import { type Lease, reportProgress } from '#lib/jobs/lease';

const SHORTEST_INTERVAL_MS = 200;

/** Writes a run's progress, at most five times a second, and always the latest. */
export class ProgressWriter {
  readonly #write: (progress: JobProgress) => Promise<boolean>;
  #latest: JobProgress | undefined;
  #timer: NodeJS.Timeout | undefined;
  #stage: string | null = null;

  constructor(db: Database, lease: Lease, clock: Clock) {
    this.#write = (progress) => reportProgress(db, lease, progress, clock());
  }

  /** The stage last reported. */
  get stage(): string | null {
    return this.#stage;
  }

  /** Write this one soon, unless a later one comes first. */
  report(progress: JobProgress): void {
    this.#latest = progress;
    this.#stage = progress.stage;
    this.#timer ??= setTimeout(() => void this.#flush(), SHORTEST_INTERVAL_MS);
  }

  /** Drop what is not written yet: the job's end says the rest. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#latest = undefined;
  }

  /**
   * One write at a time, so that none can overtake another. A write that fails is dropped: the heartbeat judges the
   * lease, and more will come.
   */
  async #flush(): Promise<void> {
    const progress = this.#latest;
    this.#latest = undefined;
    if (progress) await this.#write(progress).catch(() => false);
    this.#timer = undefined;
    if (this.#latest) this.report(this.#latest);
  }
}
