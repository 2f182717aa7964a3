import { and, eq, sql } from 'drizzle-orm';
import type { Database } from '#lib/db/client';
import type { CheckpointFile } from '#lib/db/schema/job-values';
import { jobCheckpoints, jobs } from '#lib/db/schema/jobs';
import { heldBy, type Lease } from './lease.ts';

export type JobCheckpoint = typeof jobCheckpoints.$inferSelect;

export interface NewCheckpoint {
  stage: string;
  sequence: number;
  state: unknown;
  files: CheckpointFile[];
  elapsedMs: number;
}

/** What was saved last of a stage that is not finished, whoever saved it. */
export async function findCheckpoint(
  db: Database,
  jobId: string,
  stage: string,
): Promise<JobCheckpoint | undefined> {
  const [row] = await db
    .select()
    .from(jobCheckpoints)
    .where(and(eq(jobCheckpoints.jobId, jobId), eq(jobCheckpoints.stage, stage)));
  return row;
}

const REPLACED = {
  fence: sql`excluded.fence`,
  sequence: sql`excluded.sequence`,
  state: sql`excluded.state`,
  files: sql`excluded.files`,
  elapsedMs: sql`excluded.elapsed_ms`,
  savedAt: sql`excluded.saved_at`,
};

/** Record how far a stage is, in place of what was recorded before; false where the lease was lost. */
export async function saveCheckpoint(
  db: Database,
  lease: Lease,
  checkpoint: NewCheckpoint,
  now: number,
): Promise<boolean> {
  const owned = db
    .select({
      jobId: jobs.id,
      stage: sql`${checkpoint.stage}`.as('stage'),
      fence: jobs.fence,
      sequence: sql`${checkpoint.sequence}`.as('sequence'),
      state: sql`${JSON.stringify(checkpoint.state ?? null)}`.as('state'),
      files: sql`${JSON.stringify(checkpoint.files)}`.as('files'),
      elapsedMs: sql`${checkpoint.elapsedMs}`.as('elapsed_ms'),
      savedAt: sql`${now}`.as('saved_at'),
    })
    .from(jobs)
    .where(heldBy(lease));
  const rows = await db
    .insert(jobCheckpoints)
    .select(owned)
    .onConflictDoUpdate({ target: [jobCheckpoints.jobId, jobCheckpoints.stage], set: REPLACED })
    .returning({ jobId: jobCheckpoints.jobId });
  return rows.length > 0;
}
