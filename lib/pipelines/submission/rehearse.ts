import type { Actor } from '#lib/core/actor';
import type { Database } from '#lib/db/client';
import type { Fetching } from '#lib/media/fetch/fetch-picture';
import { lookAt } from '#lib/media/intake';
import type { FileStore } from '#lib/media/store/store';
import { forecast, type ForecastResource } from './forecast.ts';
import { checkRequest, jobOf } from './sound-request.ts';
import { discardSubmission, type Submission } from './submission.ts';

/** What a job would be, as the API writes it. */
export interface JobRehearsal extends ForecastResource {
  dry_run: true;
  pipeline: string;
  model: string;
  priority: number;
  batch_id: string | null;
  /** Those that would be carried out. */
  params: Record<string, unknown>;
  forced: Forced[];
  warnings: string[];
  inputs: { role: string; content_type: string; size_bytes: number; width: number; height: number }[];
}

/** A parameter that would be carried out otherwise than it was asked for, which a warning explains. */
export interface Forced {
  name: string;
  asked: unknown;
  used: unknown;
}

/**
 * Do all that `submitJob` does, but keep nothing and put nothing into the queue. Throws the same, quotas excepted; of these
 * it says how much is used up.
 */
export async function rehearseJob(
  db: Database,
  store: FileStore,
  actor: Actor,
  submission: Submission,
  now: number,
  fetching: Fetching = {},
): Promise<JobRehearsal> {
  try {
    const sound = await checkRequest(db, actor, submission);
    const { pipeline, params: asked, priority } = sound.checked;
    const take = (sent: Parameters<typeof lookAt>[1]) => lookAt(actor, sent, now);
    const work = { db, store, actor, take, refuse: rethrow, fetching };
    const { job, pictures } = await jobOf(work, sound, submission);
    const batchId = sound.batch?.id ?? null;
    return {
      dry_run: true,
      pipeline: pipeline.id,
      model: job.model,
      priority,
      batch_id: batchId,
      params: job.params,
      forced: forcedOf(asked, job.params),
      warnings: job.warnings,
      inputs: pictures.map(({ role, upload: { contentType, sizeBytes, width, height } }) => ({
        role,
        content_type: contentType,
        size_bytes: sizeBytes,
        width,
        height,
      })),
      ...(await forecast(db, pipeline, job.model, [{ ...job, batchId }], actor.userId, now)),
    };
  } finally {
    await discardSubmission(submission);
  }
}

function rethrow(_filename: string, error: unknown): Promise<never> {
  return Promise.reject(error);
}

/** Where what would be carried out is not what was asked for, the defaults included. */
export function forcedOf(asked: Record<string, unknown>, used: Record<string, unknown>): Forced[] {
  return Object.keys(asked)
    .filter((name) => asked[name] !== undefined && asked[name] !== used[name])
    .map((name) => ({ name, asked: asked[name], used: used[name] ?? null }));
}
