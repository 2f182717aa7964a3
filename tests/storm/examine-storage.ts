import { relative, resolve } from 'node:path';
import { sql } from 'drizzle-orm';
import { readSettings } from '#lib/config/settings';
import type { Database } from '#lib/db/client';
import { checkpointsFolder, stageFolder } from '#lib/jobs/files';
import { DiskStore } from '#lib/media/store/disk-store';
import { uploadKey } from '#lib/media/store/file-key';
import { sweep } from '#worker/maintenance/sweep';
import type { Evidence } from './examine.ts';

/** Rows that nothing needs, and what they are called. */
const ORPHANS: Record<string, string> = {
  'inputs without a job': 'FROM job_inputs WHERE job_id NOT IN (SELECT id FROM jobs)',
  'stages without a job': 'FROM job_stages WHERE job_id NOT IN (SELECT id FROM jobs)',
  'checkpoints without a job': 'FROM job_checkpoints WHERE job_id NOT IN (SELECT id FROM jobs)',
  'checkpoints of a finished stage': 'FROM job_checkpoints JOIN job_stages USING (job_id, stage)',
  'outputs of a job that is not completed':
    "FROM job_outputs WHERE job_id NOT IN (SELECT id FROM jobs WHERE status = 'completed')",
  'batches without a job':
    'FROM batches WHERE id NOT IN (SELECT batch_id FROM jobs WHERE batch_id IS NOT NULL)',
  'uploads that no job takes and nobody keeps':
    'FROM uploads WHERE kept = 0 AND id NOT IN (SELECT upload_id FROM job_inputs)',
};

/** Longer than anything unfinished or unowned is left alone. */
const A_DAY_MS = 24 * 60 * 60_000;

/** The database is sound, and after one sweep there is no row and no file too many, and none too few. */
export async function examineStorage(evidence: Evidence): Promise<string[]> {
  const { studio } = evidence.cluster;
  await sweepLate(evidence);
  const problems = [...(await soundness(studio.db)), ...(await keyProblems(evidence))];
  for (const [name, from] of Object.entries(ORPHANS)) {
    const { total } = await studio.db.get<{ total: number }>(sql.raw(`SELECT count(*) AS total ${from}`));
    if (total > 0) problems.push(`${total} ${name}.`);
  }
  const [owned, present] = [await ownedFiles(studio.db), await presentFiles(evidence)];
  for (const key of present) if (!owned.has(key)) problems.push(`The file ${key} belongs to nothing.`);
  for (const key of owned) if (!present.has(key)) problems.push(`The file ${key} is gone.`);
  return problems;
}

/** What every worker does now and then, at a time when all that was broken off is old. */
async function sweepLate({ cluster }: Evidence): Promise<void> {
  const { db, env } = cluster.studio;
  const store = new DiskStore(readSettings(env).filesDir);
  await sweep({ db, store }, cluster.clocks.latest() + A_DAY_MS);
}

async function soundness(db: Database): Promise<string[]> {
  const integrity = await db.all<{ integrity_check: string }>(sql`PRAGMA integrity_check`);
  const references = await db.all<{ table: string }>(sql`PRAGMA foreign_key_check`);
  return [
    ...integrity.map((row) => row.integrity_check).filter((found) => found !== 'ok'),
    ...references.map(({ table }) => `A row of ${table} refers to one that is not there.`),
  ];
}

/** Each request that was sent under a key was carried out once, and its key says what it made. */
async function keyProblems({ cluster, requests }: Evidence): Promise<string[]> {
  const rows = await cluster.studio.db.all<{ key: string; made: string }>(
    sql`SELECT key, made_id AS made FROM idempotency_keys`,
  );
  const made = new Map(rows.map((row) => [row.key, row.made]));
  const wrong = [...requests.made].filter(([key, id]) => made.get(key) !== id);
  const problems = wrong.map(
    ([key, id]) => `The request ${key} made ${id}, and stands for ${made.get(key)}.`,
  );
  if (rows.length !== requests.made.size)
    problems.push(`${requests.made.size} requests had a key, and ${rows.length} are known.`);
  return problems;
}

/** Keys of the files that rows speak of: pictures, outputs, and what unfinished jobs would go on from. */
async function ownedFiles(db: Database): Promise<Set<string>> {
  const uploads = await db.all<{ sha256: string }>(sql`SELECT sha256 FROM uploads`);
  const outputs = await db.all<{ key: string }>(sql`SELECT file_key AS key FROM job_outputs`);
  const unfinished = sql`jobs ON jobs.id = job_id AND jobs.status <> 'completed', json_each(files)`;
  const stages = await db.all<Kept>(
    sql`SELECT job_id AS jobId, job_stages.fence, stage, value ->> 'name' AS name FROM job_stages JOIN ${unfinished}`,
  );
  const checkpoints = await db.all<Kept & { sequence: number }>(
    sql`SELECT job_id AS jobId, job_checkpoints.fence, stage, sequence, value ->> 'name' AS name
      FROM job_checkpoints JOIN ${unfinished}`,
  );
  return new Set([
    ...uploads.map(({ sha256 }) => uploadKey(sha256)),
    ...outputs.map(({ key }) => key),
    ...stages.map(({ jobId, fence, stage, name }) => `${stageFolder(jobId, fence, stage)}/${name}`),
    ...checkpoints.map(
      ({ jobId, fence, stage, sequence, name }) =>
        `${checkpointsFolder(jobId, fence, stage)}/${sequence}/${name}`,
    ),
  ]);
}

interface Kept {
  jobId: string;
  fence: number;
  stage: string;
  name: string;
}

async function presentFiles({ cluster: { studio } }: Evidence): Promise<Set<string>> {
  const root = resolve(studio.dataDir, 'files');
  return new Set((await studio.files()).map((path) => relative(root, path)));
}
