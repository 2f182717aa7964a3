import type { JobResource } from '#lib/jobs/resource';
import { formatDuration } from '../ui/quantities.ts';

/** “About 40 s left”, where past runs of its kind say so; otherwise nothing. */
export function timeLeft({ status, progress }: JobResource): string | null {
  if (progress.eta_seconds === null) return null;
  const duration = formatDuration(1000 * progress.eta_seconds);
  return status === 'pending' ? `Done in about ${duration}` : `About ${duration} left`;
}
