import type { Database } from './client.ts';
import { markOf } from './mark.ts';

interface Kept<T> {
  mark: string;
  readAt: number;
  value: Promise<T>;
}

/** Even what nobody wrote to is read anew after this time: what hangs on the clock alone is seen no later. */
const KEPT_MS = 1_000;

/**
 * What was read of a database, given again while nobody, of this process or another, has written to it since: callers
 * may then ask as often as they like. Of a server, of which that cannot be told, it is read every time.
 */
export class Unwritten<T> {
  readonly #keptOf = new WeakMap<Database, Map<string, Kept<T>>>();

  async read(db: Database, key: string, now: number, read: () => Promise<T>): Promise<T> {
    // Told before anything is read: what is written meanwhile changes it.
    const mark = markOf(db);
    if (mark === null) return read();
    const kept = this.#of(db);
    const last = kept.get(key);
    if (last && last.mark === mark && isRecent(last.readAt, now)) return last.value;
    const latest = { mark, readAt: now, value: read() };
    keep(kept, key, latest);
    return latest.value;
  }

  #of(db: Database): Map<string, Kept<T>> {
    if (!this.#keptOf.has(db)) this.#keptOf.set(db, new Map());
    return this.#keptOf.get(db)!;
  }
}

function keep<T>(kept: Map<string, Kept<T>>, key: string, latest: Kept<T>): void {
  kept.delete(key);
  // Those that were read first stand first.
  for (const [other, { readAt }] of kept) {
    if (isRecent(readAt, latest.readAt)) break;
    kept.delete(other);
  }
  kept.set(key, latest);
  latest.value.catch(() => {
    if (kept.get(key) === latest) kept.delete(key);
  });
}

/** A clock that was set back counts as another time. */
function isRecent(readAt: number, now: number): boolean {
  return Math.abs(now - readAt) < KEPT_MS;
}
