import { createHash } from 'node:crypto';
import type { Actor } from '#lib/core/actor';
import type { Database } from '#lib/db/client';
import { jobInputs, jobOutputs, jobStages, type jobs } from '#lib/db/schema/jobs';
import type { uploads } from '#lib/db/schema/media';
import { stageFolder } from '#lib/jobs/files';
import type { Job } from '#lib/jobs/resource';
import { uploadKey } from '#lib/media/store/file-key';
import type { Upload } from '#lib/media/queries';
import type { FileStore } from '#lib/media/store/store';
import { makeJob, makeUpload, NOW } from './factories.ts';

/* Jobs and uploads with the files that belong to them. */

const STAGE = 'depth';

/** An upload whose bytes are these. */
export async function storeUpload(
  db: Database,
  store: FileStore,
  actor: Actor,
  content: string,
  columns: Partial<typeof uploads.$inferInsert> = {},
): Promise<Upload> {
  const sha256 = createHash('sha256').update(content).digest('hex');
  await store.writeAtomic(uploadKey(sha256), Buffer.from(content));
  return makeUpload(db, actor, { sha256, sizeBytes: content.length, ...columns });
}

interface JobParts {
  /** What is in its one file: an output of a completed job, of another what a stage has made. */
  content?: string;
  takes?: Upload[];
}

/** A job that has finished its stage, and what it takes. */
export async function storeJob(
  db: Database,
  store: FileStore,
  actor: Actor,
  columns: Partial<typeof jobs.$inferInsert>,
  { content = 'result', takes = [] }: JobParts = {},
): Promise<Job> {
  const job = await makeJob(db, actor, { fence: 1, ...columns });
  const key = `${stageFolder(job.id, 1, STAGE)}/depth.png`;
  await store.writeAtomic(key, Buffer.from(content));
  const file = { name: 'depth.png', sizeBytes: content.length, sha256: '-', contentType: 'image/png' };
  const size = { width: null, height: null };
  await db.insert(jobStages).values({
    jobId: job.id,
    stage: STAGE,
    fence: 1,
    files: [{ ...file, ...size, role: 'depth' }],
    elapsedMs: 1,
    completedAt: NOW,
  });
  if (job.status === 'completed') {
    await db.insert(jobOutputs).values({ ...file, jobId: job.id, position: 0, role: 'depth', fileKey: key });
  }
  for (const [index, { id }] of takes.entries()) {
    await db.insert(jobInputs).values({ jobId: job.id, role: `image-${index}`, uploadId: id });
  }
  return job;
}
