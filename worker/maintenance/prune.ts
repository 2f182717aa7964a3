import { prune } from '#lib/pipelines/retention/prune';
import type { WorkerContext } from '../context.ts';

/** Delete what the retention settings leave no room for. */
export async function pruneByLimits({ db, store, settings, clock, log }: WorkerContext): Promise<void> {
  const anyLimit = Object.values(settings.keep).some((limit) => limit > 0);
  if (!anyLimit) return;
  const { owners, bytes } = await prune(db, store, settings.keep, clock());
  if (owners.length > 0) log.info({ owners, bytes }, 'pruned');
}
