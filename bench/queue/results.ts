import type { ClaimTimes } from './history.ts';
import type { Score } from './run-rounds.ts';

export interface Results {
  rounds: number;
  /** Multiplane first. */
  scores: Score[];
  /** Percent of a core that a waiting worker uses, by name; `worker` is the product's whole worker process. */
  idle: Record<string, number>;
  claimUs: ClaimTimes;
}
