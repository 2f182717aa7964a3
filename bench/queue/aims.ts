import { type Aim, atLeast, atMost } from '../aim.ts';
import type { Results } from './results.ts';
import type { Score } from './run-rounds.ts';
import type { Throughput } from './throughput.ts';

export function aimsOf({ scores, idle, claimUs }: Results): Aim[] {
  const [ours, ...peers] = scores as [Score, ...Score[]];
  const times = (figure: keyof Throughput, peer: string, limit: number): Aim => {
    const theirs = peers.find(({ name }) => name === peer)?.throughput[figure];
    const value = theirs === undefined ? null : ours.throughput[figure] / theirs;
    return atLeast(`${FIGURES[figure]}, to ${peer}`, value, limit, 'x');
  };
  return [
    times('enqueue', 'plainjob', 0.45),
    times('enqueue', 'liteque', 2.5),
    times('enqueueBulk', 'plainjob', 1.2),
    times('drain1', 'plainjob', 2),
    times('drain10', 'plainjob', 2),
    times('drain1', 'BullMQ', 1),
    times('drain10', 'BullMQ', 1),
    atMost('pick-up, p50', ours.pickUp!.p50, 1, ' ms'),
    atMost('pick-up, p99', ours.pickUp!.p99, 5, ' ms'),
    atMost('waiting worker, of a core', idle.worker!, 0.2, ' %'),
    atMost('longest event-loop gap beside a writer', ours.loopGap.contended, 25, ' ms'),
    atMost('claim with a long history, to almost empty', claimUs.longHistory / claimUs.almostEmpty, 1.1, 'x'),
  ];
}

const FIGURES: Record<keyof Throughput, string> = {
  enqueue: 'enqueue one by one',
  enqueueBulk: 'enqueue by 1000',
  drain1: 'drain, one at once',
  drain10: 'drain, ten at once',
};
