import { pruneLog } from '#lib/audit/log';
import type { WorkerContext } from '../context.ts';

const DAY_MS = 24 * 60 * 60_000;

type Parts = Pick<WorkerContext, 'db' | 'settings' | 'clock' | 'log'>;

/** Forget what the audit log says of days further back than the settings keep. */
export async function pruneAudit({ db, settings, clock, log }: Parts): Promise<void> {
  if (settings.keepAuditDays === 0) return;
  const forgotten = await pruneLog(db, clock() - settings.keepAuditDays * DAY_MS);
  if (forgotten > 0) log.info({ forgotten }, 'audit log pruned');
}
