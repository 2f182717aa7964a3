import { inArray, sql } from 'drizzle-orm';
import type { Actor } from '#lib/core/actor';
import type { Database } from '#lib/db/client';
import { listed } from '#lib/db/listed';
import { given, prepared } from '#lib/db/prepared';
import { jobs } from '#lib/db/schema/jobs';
import { withParts } from '../job-resources.ts';
import { findJob } from '../queries.ts';
import type { Job, JobResource } from '../resource.ts';

/** A job at one moment: its row, and what is shown of it. */
export interface JobNow {
  job: Job;
  resource: JobResource;
}

/** One job of the actor's own. Throws `not_found`. */
export async function getJobNow(db: Database, actor: Actor, id: string, now: number): Promise<JobNow> {
  const job = await findJob(db, actor, id);
  const [resource] = await withParts(db, [job], now);
  return { job, resource: resource! };
}

/** Those of these jobs that are still there, whoever owns them, by their ids. */
export async function jobsNow(
  db: Database,
  ids: readonly string[],
  now: number,
): Promise<Map<string, JobNow>> {
  const rows = await db
    .select()
    .from(jobs)
    .where(inArray(jobs.id, listed(ids)));
  const found = new Map<string, JobNow>();
  for (const own of byOwner(rows)) {
    const resources = await withParts(db, own, now);
    for (const [at, job] of own.entries()) found.set(job.id, { job, resource: resources[at]! });
  }
  return found;
}

/** What is another as soon as there is something new to be told of a job. The same as `readVersions` makes. */
export function versionOf({ status, fence, held, scheduled, updatedAt, cancelRequestedAt }: Job): string {
  return [status, fence, Number(held), Number(scheduled), updatedAt, cancelRequestedAt ?? ''].join(' ');
}

/** The versions of these jobs by their ids, of those that are still there. */
export const readVersions = prepared(
  sql`
    SELECT id, status || ' ' || fence || ' ' || held || ' ' || scheduled || ' ' || updated_at || ' ' ||
      coalesce(cancel_requested_at, '')
    FROM ${jobs} WHERE id IN (SELECT value FROM json_each(${given('ids')}))`,
  (rows) => new Map(rows.map((row) => [row[0] as string, row[1] as string])),
);

function byOwner(rows: readonly Job[]): Job[][] {
  const owners = new Map<string, Job[]>();
  for (const row of rows) owners.set(row.ownerId, [...(owners.get(row.ownerId) ?? []), row]);
  return [...owners.values()];
}
