import { setTimeout as delay } from 'node:timers/promises';
import { webLog } from '#lib/config/web-log';
import { type Clock, systemClock } from '#lib/core/clock';
import type { Database } from '#lib/db/client';
import { markOf } from '#lib/db/mark';
import type { Job } from '../resource.ts';
import { type JobNow, jobsNow, readVersions, versionOf } from './watched-jobs.ts';

/** Hears what a job has become; null once it is gone. Must not throw. */
export type Listener = (now: JobNow | null) => void;

interface Watched {
  /** As it was told of last. */
  version: string;
  listeners: Set<Listener>;
}

const LOOK_EVERY_MS = 300;
/** Jobs that one statement reads, so that each is short. */
const READ_AT_ONCE = 500;
/** The version of a job that has been deleted, and of one that is to be told of in any case. */
const GONE = 'gone';
const UNKNOWN = 'unknown';

/**
 * Watches jobs for all of a process that want to know what becomes of them: by one statement every 300 ms however many
 * listen, by none while nobody does or nobody writes to the database's file. Only what has changed is read whole. An
 * error of the database is logged, and the next look goes on.
 */
export class JobWatcher {
  readonly #db: Database;
  readonly #clock: Clock;
  readonly #lookEveryMs: number;
  readonly #watched = new Map<string, Watched>();
  #isLooking = false;
  #hasFailed = false;
  /** The database's mark before the last look; undefined where there has to be another whatever it is. */
  #mark: string | null | undefined;

  constructor(db: Database, { clock = systemClock, lookEveryMs = LOOK_EVERY_MS } = {}) {
    this.#db = db;
    this.#clock = clock;
    this.#lookEveryMs = lookEveryMs;
  }

  /** How many jobs are watched. */
  get size(): number {
    return this.#watched.size;
  }

  /** Tell `listener` of every change after the job was as given, until the returned function is called. */
  watch(job: Job, listener: Listener): () => void {
    const version = versionOf(job);
    const watched = this.#watched.get(job.id) ?? { version, listeners: new Set() };
    if (watched.version !== version) watched.version = UNKNOWN;
    watched.listeners.add(listener);
    this.#watched.set(job.id, watched);
    this.#mark = undefined;
    if (!this.#isLooking) void this.#lookOn();
    return () => {
      const wasListening = watched.listeners.delete(listener);
      if (wasListening && watched.listeners.size === 0) this.#watched.delete(job.id);
    };
  }

  async #lookOn(): Promise<void> {
    this.#isLooking = true;
    while (this.#watched.size > 0) {
      await delay(this.#lookEveryMs);
      await this.#look();
    }
    this.#isLooking = false;
  }

  async #look(): Promise<void> {
    const mark = markOf(this.#db);
    if (mark !== null && mark === this.#mark) return;
    this.#mark = mark;
    try {
      const ids = [...this.#watched.keys()];
      for (let at = 0; at < ids.length; at += READ_AT_ONCE) {
        await this.#lookAt(ids.slice(at, at + READ_AT_ONCE));
      }
      this.#hasFailed = false;
    } catch (error) {
      this.#mark = undefined;
      if (!this.#hasFailed) webLog().warn({ err: error }, 'Jobs could not be looked at; trying on.');
      this.#hasFailed = true;
    }
  }

  async #lookAt(ids: string[]): Promise<void> {
    const versions = await readVersions({ ids: JSON.stringify(ids) }).run(this.#db);
    const changed = ids.filter((id) => this.#watched.get(id)?.version !== (versions.get(id) ?? GONE));
    if (changed.length === 0) return;
    const jobs = await jobsNow(this.#db, changed, this.#clock());
    for (const id of changed) this.#tell(id, jobs.get(id) ?? null);
  }

  #tell(id: string, now: JobNow | null): void {
    const watched = this.#watched.get(id);
    if (!watched) return;
    watched.version = now ? versionOf(now.job) : GONE;
    for (const listener of watched.listeners) listener(now);
  }
}

const watchers = new WeakMap<Database, JobWatcher>();

/** The one watcher that this process has of a database. */
export function watcherOf(db: Database): JobWatcher {
  const watcher = watchers.get(db) ?? new JobWatcher(db);
  watchers.set(db, watcher);
  return watcher;
}
