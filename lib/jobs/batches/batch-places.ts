import { type SQL, sql } from 'drizzle-orm';
import { batches } from '#lib/db/schema/batches';
import { jobs } from '#lib/db/schema/jobs';

/** The next free place in a batch, as a value; its jobs and its refused pictures each have one. */
export function nextPosition(batchId: string | SQL): SQL<number> {
  return sql`(
    SELECT max(
      coalesce((SELECT max(member.batch_position) FROM ${jobs} AS member WHERE member.batch_id = batch.id), -1),
      coalesce((SELECT max(json_extract(value, '$.position')) FROM json_each(batch.refused)), -1)
    ) + 1 FROM ${batches} AS batch WHERE batch.id = ${batchId})`;
}
