import { type AppError, toAppError } from '#lib/core/errors';
import { unavailable } from '#lib/db/unavailable';
import { LeaseLost, type StopReason } from './lease-keeper.ts';
import { RunnerDied, RunnerTakenDown } from './runner/runner.ts';
import type { RunResult } from './stages.ts';

/** How an attempt ended. Each leads to exactly one transition, except `lost`: the job is no longer ours to move. */
export type Outcome =
  | { kind: 'completed'; result: RunResult }
  | { kind: 'failed'; error: AppError; stage: string | null }
  /** It cannot run until somebody has seen to what it lacks. */
  | { kind: 'blocked'; error: AppError; stage: string | null }
  | { kind: 'crashed'; error: RunnerDied; stage: string | null }
  | { kind: StopReason };

/** What an error says of the attempt it ended. `signal`: aborted with a StopReason; `stage`: the one that ran. */
export function outcomeOf(thrown: unknown, signal: AbortSignal, stage: string | null): Outcome {
  if (signal.aborted) return { kind: signal.reason as StopReason };
  if (thrown instanceof LeaseLost) return { kind: 'lost' };
  if (thrown instanceof RunnerTakenDown || unavailable(thrown)) return { kind: 'interrupted' };
  if (thrown instanceof RunnerDied) return { kind: 'crashed', error: thrown, stage };
  const error = toAppError(thrown);
  return { kind: error.code === 'weights_missing' ? 'blocked' : 'failed', error, stage };
}
