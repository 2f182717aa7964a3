import { settings } from '#lib/config/settings';
import type { AppError } from '#lib/core/errors';
import { absenceOf, obstacleTo } from './availability.ts';
import { bytesToFetch } from './download-plan.ts';
import type { Model } from './model.ts';
import { isDownloadable, isPresent } from './weights.ts';

/** How a model stands with who would run it. */
export interface Standing {
  /** Why a job with it would be refused; null where nothing is in the way. */
  obstacle: AppError | null;
  /** What its first job would fetch; 0 where all of it is here. */
  bytesToFetch: number;
}

/** How a model stands on this machine. Null where the workers are on others: of those, only they know. */
export function standingHere(model: Model): Standing | null {
  const { databaseUrl, weightsDir, fetchWeights } = settings();
  if (!databaseUrl.startsWith('file:')) return null;
  const obstacle = obstacleTo(model);
  if (obstacle) return { obstacle, bytesToFetch: 0 };
  if (isPresent(weightsDir, model)) return { obstacle: null, bytesToFetch: 0 };
  if (!fetchWeights || !isDownloadable(model)) {
    return { obstacle: absenceOf(model, weightsDir), bytesToFetch: 0 };
  }
  return { obstacle: null, bytesToFetch: bytesToFetch(weightsDir, model) };
}
