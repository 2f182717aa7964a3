import { pruneDeliveries } from '#lib/webhooks/deliveries';
import type { WorkerContext } from '../context.ts';

/** How long it can be seen, and sent again, what was sent to webhooks. */
const KEPT_MS = 30 * 24 * 60 * 60_000;

/** Forget old deliveries. */
export async function pruneWebhookHistory({ db, clock }: Pick<WorkerContext, 'db' | 'clock'>): Promise<void> {
  await pruneDeliveries(db, clock() - KEPT_MS);
}
