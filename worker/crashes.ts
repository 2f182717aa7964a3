import { AppError } from '#lib/core/errors';
import type { Job } from '#lib/jobs/resource';
import type { RunnerDied } from './runner/runner.ts';

/*
 * A job that ends the process that computes it (a poison job) is found like this: alone in the process, it was its doing,
 * and counts. Beside others nobody's guilt is known: none of the attempts counts, and each job runs by itself next.
 */

/** Whether a job has ended its process before, or may have. */
export function isSuspect({ crashes, error }: Job): boolean {
  return crashes > 0 || error?.code === 'runner_lost_among_others';
}

/** What is said of a job that was in a process that died. */
export function crashError({ crashes }: Job, { others, suggestion }: RunnerDied): AppError {
  if (others > 0) {
    const beside = others === 1 ? 'another job' : `${others} other jobs`;
    return new AppError(
      'runner_lost_among_others',
      `The process that computed this job and ${beside} died. Which of them ended it is not known, so each runs by itself next.`,
    );
  }
  const times = crashes === 0 ? '' : ` ${crashes + 1} times`;
  return new AppError('runner_lost', `This job has ended the process that computed it${times}.`, {
    suggestion,
  });
}
