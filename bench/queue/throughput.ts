import type { Contender } from './contender.ts';
import { ContenderProcess } from './contender-process.ts';
import { inTurn } from './in-turn.ts';

const SINGLE = 2_000;
const BULK = 10_000;
const WARM_UP = 1_000;

/** Jobs a second. */
export interface Throughput {
  enqueue: number;
  enqueueBulk: number;
  drain1: number;
  drain10: number;
}

/**
 * One round: how fast jobs go in, one by one and by 1000, and through, one and ten at once. Each figure is measured with
 * everybody before the next is, so that what else the machine does hits all alike.
 */
export async function measureThroughput(
  contenders: Contender[],
  newFolder: (name: string) => Promise<string>,
): Promise<Throughput[]> {
  const queues = await inTurn(contenders, async (contender) =>
    ContenderProcess.start(contender, await newFolder(`${contender.name}-throughput`)),
  );
  await inTurn(queues, warmUp);
  const enqueue = await inTurn(queues, (queue) => queue.ask('enqueueOneByOne', SINGLE));
  await inTurn(queues, (queue) => queue.ask('drain', SINGLE, 10));
  const enqueueBulk = await inTurn(queues, (queue) => queue.ask('enqueueInBulk', BULK));
  const drain10 = await inTurn(queues, (queue) => queue.ask('drain', BULK, 10));
  await inTurn(queues, (queue) => queue.ask('enqueueInBulk', BULK));
  const drain1 = await inTurn(queues, (queue) => queue.ask('drain', BULK, 1));
  await inTurn(queues, (queue) => queue.stop());
  return queues.map((_, at) => ({
    enqueue: perSecond(SINGLE, enqueue[at]!),
    enqueueBulk: perSecond(BULK, enqueueBulk[at]!),
    drain1: perSecond(BULK, drain1[at]!),
    drain10: perSecond(BULK, drain10[at]!),
  }));
}

/** Everything once, so that its code is compiled. */
async function warmUp(queue: ContenderProcess): Promise<void> {
  for (const concurrency of [1, 10]) {
    await queue.ask('enqueueOneByOne', WARM_UP);
    await queue.ask('enqueueInBulk', WARM_UP);
    await queue.ask('drain', 2 * WARM_UP, concurrency);
  }
}

function perSecond(count: number, ms: number): number {
  return Math.round((1_000 * count) / ms);
}
