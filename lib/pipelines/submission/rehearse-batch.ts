import { settings } from '#lib/config/settings';
import type { Actor } from '#lib/core/actor';
import type { Database } from '#lib/db/client';
import type { RefusedPicture } from '#lib/db/schema/batches';
import { lookAt } from '#lib/media/intake';
import type { FileStore } from '#lib/media/store/store';
import { takeEach } from './batch-pictures.ts';
import { checkBatch } from './check-batch.ts';
import { forecast, type ForecastResource } from './forecast.ts';
import { type Forced, forcedOf } from './rehearse.ts';
import { discardSubmission, type Submission } from './submission.ts';

/** What a batch would be, as the API writes it. Its prospects are those of all its jobs together. */
export interface BatchRehearsal extends ForecastResource {
  dry_run: true;
  name: string | null;
  pipeline: string;
  model: string;
  priority: number;
  /** Those of the batch; what a job makes of them may hang on its picture. */
  params: Record<string, unknown>;
  /** In any of the jobs. */
  forced: Forced[];
  /** Of any of the jobs. */
  warnings: string[];
  /** Pictures, refused ones included. */
  total: number;
  refused: RefusedPicture[];
}

/** Do all that `submitBatch` does, but keep nothing and put nothing into the queue. Throws as `rehearseJob` does. */
export async function rehearseBatch(
  db: Database,
  store: FileStore,
  actor: Actor,
  submission: Submission,
  now: number,
): Promise<BatchRehearsal> {
  try {
    const checked = checkBatch(submission, actor, settings().batchPictures);
    const { name, pipeline, params, priority, sources } = checked;
    const take = (sent: Parameters<typeof lookAt>[1]) => lookAt(actor, sent, now);
    const { jobs, refused } = await takeEach({ db, store, actor, take }, checked);
    const model = jobs[0]?.model ?? checked.model;
    return {
      dry_run: true,
      name,
      pipeline: pipeline.id,
      model,
      priority,
      params,
      forced: unique(jobs.flatMap((job) => forcedOf(params, job.params))),
      warnings: unique(jobs.flatMap(({ warnings }) => warnings)),
      total: sources.length,
      refused,
      ...(await forecast(db, pipeline, model, jobs, actor.userId, now)),
    };
  } finally {
    await discardSubmission(submission);
  }
}

function unique<T>(items: readonly T[]): T[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}
