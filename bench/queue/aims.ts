import type { Results } from './results.ts';
import type { Score } from './run-rounds.ts';
import type { Throughput } from './throughput.ts';

/** What a run should show. A ratio to a peer is null where the peer was not there. */
export interface Aim {
  what: string;
  value: number | null;
  limit: number;
  sense: 'at least' | 'at most';
  unit: string;
}

export function aimsOf({ scores, idle, claimUs }: Results): Aim[] {
  const [ours, ...peers] = scores as [Score, ...Score[]];
  const times = (figure: keyof Throughput, peer: string, limit: number): Aim => {
    const theirs = peers.find(({ name }) => name === peer)?.throughput[figure];
    const value = theirs === undefined ? null : ours.throughput[figure] / theirs;
    return { what: `${FIGURES[figure]}, to ${peer}`, value, limit, sense: 'at least', unit: 'x' };
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

/** Whether the aim was met; null where it could not be told. */
export function isMet({ value, limit, sense }: Aim): boolean | null {
  if (value === null) return null;
  return sense === 'at least' ? value >= limit : value <= limit;
}

function atMost(what: string, value: number, limit: number, unit: string): Aim {
  return { what, value, limit, sense: 'at most', unit };
}

const FIGURES: Record<keyof Throughput, string> = {
  enqueue: 'enqueue one by one',
  enqueueBulk: 'enqueue by 1000',
  drain1: 'drain, one at once',
  drain10: 'drain, ten at once',
};
