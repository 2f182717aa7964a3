import { JOB_STATUSES } from '#lib/db/schema/jobs';
import type { Evidence } from './examine.ts';

/** Nothing was lost or made up: what was sent is there or was deleted, and each owner's queue counts what the rows say. */
export async function examineCounts({ requests, owners, rows }: Evidence): Promise<string[]> {
  const problems: string[] = [];
  const sent = requests.jobs.filter(({ id }) => id !== null);
  const deleted = sent.filter((job) => job.deleted).length;
  if (sent.length !== rows.size + deleted)
    problems.push(`${sent.length} jobs were sent, ${deleted} deleted, and ${rows.size} are there.`);
  for (const [owner, api] of owners.entries()) {
    const { counts } = await api.json<{ counts: Record<string, number> }>('/api/v1/queue');
    const own = [...rows.values()].filter((row) => row.ownerId === api.actor.userId);
    for (const status of JOB_STATUSES) {
      const total = own.filter((row) => row.status === status).length;
      if (counts[status] !== total)
        problems.push(
          `Owner ${owner}'s queue counts ${counts[status]} ${status} jobs, and there are ${total}.`,
        );
    }
  }
  return problems;
}
