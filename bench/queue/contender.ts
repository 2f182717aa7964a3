/** A no-op job, the same for every contender. */
export interface NoOp {
  payload: Record<string, unknown>;
  run(): Promise<void>;
}

/** A queue under test, as each contender shows itself. */
export interface Queue {
  /** Put one job in. */
  enqueue(): unknown;
  /** Put `count` jobs in, in one call where it has such a call. */
  enqueueMany(count: number): unknown;
  /** Run the `jobs` jobs that wait, `concurrency` of them at once, in the way its documentation advises for speed. */
  drain(jobs: number, concurrency: number): Promise<void>;
  /** Wait for jobs, from any process, and run each so. Only where it has a way to be woken; the others look every second. */
  listen?(run: () => Promise<void>): Promise<void>;
  /** What its worker does to the store now and then, such as folding in all that was written since; others do it as they write. */
  maintain?(): Promise<unknown>;
}

/** Open the queue in a folder, which several processes may do at once. The first has nothing there. */
export type OpenQueue = (folder: string, job: NoOp) => Promise<Queue>;

export interface Contender {
  name: string;
  /** Its module, from the bench folder, with `open` as an `OpenQueue`. */
  module: string;
  /** Whether its queues can `listen`. */
  listens: boolean;
  /** Takes part in one of so many rounds, since each is long where the queue is slow. */
  everyRounds: number;
}

export const MULTIPLANE: Contender = {
  name: 'Multiplane',
  module: 'queue/multiplane.ts',
  listens: true,
  everyRounds: 1,
};
export const BULLMQ: Contender = {
  name: 'BullMQ',
  module: 'peers/bullmq.mjs',
  listens: true,
  everyRounds: 1,
};
export const PEERS: Contender[] = [
  { name: 'by hand', module: 'peers/better-sqlite3.mjs', listens: false, everyRounds: 1 },
  { name: 'plainjob', module: 'peers/plainjob.mjs', listens: false, everyRounds: 1 },
  { name: 'liteque', module: 'peers/liteque.mjs', listens: false, everyRounds: 2 },
  BULLMQ,
];
