import { AVERROR_ENOSPC } from 'node-av/constants';
import { FFmpegError } from 'node-av/lib';
import { AppError } from '#lib/core/errors';

/** What FFmpeg answered, where it is no failure. Throws AppError `storage_full`, or `internal` that says what was done. */
export function check(answer: number, doing: string): number {
  if (answer >= 0) return answer;
  const cause = new FFmpegError(answer);
  if (answer === AVERROR_ENOSPC) {
    throw new AppError('storage_full', 'There is no room left to store the video.', { cause });
  }
  throw new AppError('internal', `FFmpeg failed at ${doing}.`, { cause });
}
