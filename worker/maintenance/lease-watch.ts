import type { RunningJob } from '#lib/jobs/resource';

interface Sight {
  fence: number;
  expiresAt: number | null;
  /** When it was first seen like this. */
  since: number;
}

/**
 * Judges leases by whether they are renewed, and not by the date they bear: that is by their holder's clock, which may be
 * ahead of another worker's, or be set at any moment.
 */
export class LeaseWatch {
  #sights = new Map<string, Sight>();

  /**
   * Look at every running job, as just read. Returns those whose lease was not renewed for as long as leases last.
   * @param leaseMs how long that is
   * @param at milliseconds of a clock that nobody sets, such as `performance.now()`
   */
  runOut(running: readonly RunningJob[], leaseMs: number, at: number): RunningJob[] {
    this.#sights = new Map(running.map((job) => [job.id, this.#sightOf(job, at)]));
    return running.filter(({ id }) => at - this.#sights.get(id)!.since >= leaseMs);
  }

  #sightOf({ id, fence, leaseExpiresAt: expiresAt }: RunningJob, at: number): Sight {
    const before = this.#sights.get(id);
    const isAsBefore = before?.fence === fence && before.expiresAt === expiresAt;
    return isAsBefore ? before : { fence, expiresAt, since: at };
  }
}
