import type { NewJob } from './insert-jobs.ts';

/** What jobs that are enqueued together mostly have in common. */
const COMMON = [
  'ownerId',
  'pipeline',
  'model',
  'params',
  'priority',
  'maxAttempts',
  'warnings',
  'batchId',
] as const satisfies (keyof NewJob)[];

/** The same, as a statement takes it. */
export type JobKind = ReturnType<typeof kindOf>;

export function kindOf(job: Pick<NewJob, (typeof COMMON)[number]>) {
  const { ownerId, pipeline, model, priority, maxAttempts, batchId = null } = job;
  const params = JSON.stringify(job.params);
  const warnings = JSON.stringify(job.warnings);
  return { ownerId, pipeline, model, params, priority, maxAttempts, warnings, batchId };
}

interface KnownKind {
  index: number;
  /** The new jobs of its owner and priority, of whichever kind. */
  line: { length: number };
}

/** The kinds of many jobs, each once. */
export class JobKinds {
  readonly all: JobKind[] = [];
  readonly #known = new Map<string, KnownKind>();
  readonly #lines = new Map<string, { length: number }>();
  #last: { job: NewJob; known: KnownKind } | undefined;

  of(job: NewJob): KnownKind {
    if (!this.#isLikeLast(job)) this.#last = { job, known: this.#lookUp(kindOf(job)) };
    return this.#last!.known;
  }

  #isLikeLast(job: NewJob): boolean {
    const last = this.#last?.job;
    return last !== undefined && COMMON.every((part) => job[part] === last[part]);
  }

  #lookUp(kind: JobKind): KnownKind {
    return remembered(this.#known, JSON.stringify(kind), () => ({
      index: this.all.push(kind) - 1,
      line: remembered(this.#lines, `${kind.ownerId} ${kind.priority}`, () => ({ length: 0 })),
    }));
  }
}

function remembered<T>(map: Map<string, T>, key: string, make: () => T): T {
  if (!map.has(key)) map.set(key, make());
  return map.get(key)!;
}
