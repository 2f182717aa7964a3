import type { Clock } from '#lib/core/clock';
import type { Database } from '#lib/db/client';
import type { JobPreview, JobProgress } from '#lib/db/schema/job-values';
import { type Lease, reportProgress } from '#lib/jobs/lease';
import { LatestWriter } from './latest-writer.ts';

const SHORTEST_INTERVAL_MS = 200;

/**
 * Writes a run's progress, at most five times a second, and always the latest. A write that fails is dropped: the
 * heartbeat judges the lease, and more will come.
 */
export class ProgressWriter {
  readonly #writer: LatestWriter<JobProgress>;
  #latest: JobProgress | undefined;
  #preview: JobPreview | undefined;

  constructor(db: Database, lease: Lease, clock: Clock) {
    const write = (progress: JobProgress) => reportProgress(db, lease, progress, clock());
    this.#writer = new LatestWriter(write, SHORTEST_INTERVAL_MS);
  }

  /** The stage last reported. */
  get stage(): string | null {
    return this.#latest?.stage ?? null;
  }

  /** Write this one soon, unless a later one comes first. */
  report(progress: JobProgress): void {
    this.#latest = progress;
    this.#writer.report({ ...progress, ...(this.#preview && { preview: this.#preview }) });
  }

  /** Say from now on that there is a preview. */
  show(preview: JobPreview): void {
    this.#preview = preview;
    if (this.#latest) this.report(this.#latest);
  }

  /** Drop what is not written yet: the job's end says the rest. */
  stop(): void {
    void this.#writer.stop();
  }
}
