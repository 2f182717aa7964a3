import type { Database } from '#lib/db/client';
import { finishedJobs, sentPictures } from '#lib/jobs/retention';
import { unusedUploads } from '#lib/media/retention';
import type { Freed, HeldPicture, Holdings } from './holdings.ts';

/** A place in a line: of two things of the same moment, the one with the lower id is first. */
export interface Mark {
  at: number;
  id: string;
}

export type Kind = 'job' | 'upload';

/** A finished job or an unused upload. */
interface Prunable extends Mark {
  /** Of its own files. */
  bytes: number;
  pictures: HeldPicture[];
}

/** Something that goes, and what comes free by it. */
export interface Taken {
  ownerId: string;
  kind: Kind;
  mark: Mark;
  freed: Freed;
}

/** What one owner has of one kind that may go, oldest first. */
export class Line {
  readonly ownerId: string;
  readonly kind: Kind;
  readonly #items: AsyncGenerator<Prunable, void>;
  readonly #holdings: Holdings;
  #head: Prunable | undefined;

  private constructor(db: Database, ownerId: string, kind: Kind, holdings: Holdings) {
    this.ownerId = ownerId;
    this.kind = kind;
    this.#items = (kind === 'job' ? jobsOf : uploadsOf)(db, ownerId, holdings);
    this.#holdings = holdings;
  }

  /** Both lines of an owner. What their things share is counted in `holdings`. */
  static async openBoth(db: Database, ownerId: string, holdings: Holdings): Promise<Line[]> {
    const lines = [new Line(db, ownerId, 'upload', holdings), new Line(db, ownerId, 'job', holdings)];
    for (const line of lines) await line.#advance();
    return lines;
  }

  /** What goes next; undefined at the end. */
  get head(): Mark | undefined {
    return this.#head;
  }

  /** Let the head go. */
  async take(): Promise<Taken> {
    const { ownerId, kind } = this;
    const head = this.#head!;
    const freed = this.#holdings.release(ownerId, head);
    await this.#advance();
    return { ownerId, kind, mark: head, freed };
  }

  async #advance(): Promise<void> {
    const { value } = await this.#items.next();
    this.#head = value ?? undefined;
  }
}

/** Of these lines, the one with the oldest head; undefined where all are at their end. */
export function oldestLine(lines: Line[]): Line | undefined {
  let oldest: Line | undefined;
  for (const line of lines) {
    if (line.head && (!oldest?.head || isBefore(line.head, oldest.head))) oldest = line;
  }
  return oldest;
}

export function isBefore(a: Mark, b: Mark): boolean {
  return a.at < b.at || (a.at === b.at && a.id < b.id);
}

async function* jobsOf(db: Database, ownerId: string, holdings: Holdings): AsyncGenerator<Prunable, void> {
  for await (const jobs of finishedJobs(db, ownerId)) {
    const ids = jobs.map(({ id }) => id);
    const sent = await sentPictures(db, ids);
    await holdings.learn([...sent.values()].flat());
    for (const job of jobs) yield { ...job, pictures: sent.get(job.id) ?? [] };
  }
}

async function* uploadsOf(db: Database, ownerId: string, holdings: Holdings): AsyncGenerator<Prunable, void> {
  for await (const uploads of unusedUploads(db, ownerId)) {
    await holdings.learn(uploads);
    for (const { id, at, ...content } of uploads) {
      yield { id, at, bytes: 0, pictures: [{ ...content, uploadId: id, takers: 1 }] };
    }
  }
}
