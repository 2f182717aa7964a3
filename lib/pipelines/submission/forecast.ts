import { settings } from '#lib/config/settings';
import type { Database } from '#lib/db/client';
import { prospectsOf } from '#lib/jobs/estimates/prospects';
import { quotaUse } from '#lib/jobs/quotas';
import type { NewJob } from '#lib/jobs/statements/insert-jobs';
import type { ModelTask } from '#lib/models/model';
import { requirementsOf } from '#lib/models/requirements';
import { modelNeeds } from '../models.ts';
import type { PipelineDeclaration } from '../pipeline.ts';

/** What work would need and how it would go, as the API writes it. */
export interface ForecastResource {
  /** The models that would run, one for each task. Null where the workers are on other machines, as the next two are. */
  models: { task: ModelTask; id: string; title: string }[] | null;
  weights: WeightsForecast | null;
  memory: { needed_bytes: number | null; available_bytes: number; fits: boolean } | null;
  /** Why it would not run as things are, in whole sentences. */
  obstacles: string[];
  queue_position: number | null;
  /** Until all of it is done; null where past runs say too little. */
  eta_seconds: { low: number; expected: number; high: number } | null;
  quotas: Record<'pending_jobs' | 'jobs_today' | 'stored_bytes', { used: number; limit: number | null }>;
}

interface WeightsForecast {
  missing: { model: string; name: string; size_bytes: number }[];
  download_bytes: number;
  write_bytes: number;
  free_bytes: number;
  fits: boolean;
  /** Whether a worker fetches them when the job's turn comes. */
  fetched_by_worker: boolean;
}

/** What these jobs of one owner, pipeline and priority would need, and how it would go with them. Nothing is made. */
export async function forecast(
  db: Database,
  pipeline: PipelineDeclaration,
  model: string,
  jobs: readonly NewJob[],
  ownerId: string,
  now: number,
): Promise<ForecastResource> {
  const { queuePosition, eta } = await prospectsOf(db, jobs, now);
  return {
    ...(await needsOf(pipeline, model)),
    queue_position: queuePosition,
    eta_seconds: eta && {
      low: Math.floor(eta.lowMs / 1000),
      expected: Math.round(eta.expectedMs / 1000),
      high: Math.ceil(eta.highMs / 1000),
    },
    quotas: await quotasOf(db, ownerId, now),
  };
}

async function needsOf(
  pipeline: PipelineDeclaration,
  model: string,
): Promise<Pick<ForecastResource, 'models' | 'weights' | 'memory' | 'obstacles'>> {
  const needs = await requirementsOf(modelNeeds(pipeline, model));
  if (!needs) return { models: null, weights: null, memory: null, obstacles: [] };
  const { memoryBytes, availableMemoryBytes, writeBytes, freeBytes } = needs;
  const weights = {
    missing: needs.missing.map(({ model: { id }, weight: { name, sizeBytes } }) => ({
      model: id,
      name,
      size_bytes: sizeBytes,
    })),
    download_bytes: needs.downloadBytes,
    write_bytes: writeBytes,
    free_bytes: freeBytes,
    fits: writeBytes <= freeBytes,
    fetched_by_worker: settings().fetchWeights,
  };
  const memory = {
    needed_bytes: memoryBytes,
    available_bytes: availableMemoryBytes,
    fits: (memoryBytes ?? 0) <= availableMemoryBytes,
  };
  const models = needs.models.map(({ task, id, title }) => ({ task, id, title }));
  return { models, weights, memory, obstacles: needs.obstacles };
}

async function quotasOf(db: Database, ownerId: string, now: number): Promise<ForecastResource['quotas']> {
  const { pendingJobs, jobsToday, uploadBytes, outputBytes } = await quotaUse(db, ownerId, now);
  const { ownerPendingJobs, ownerJobsADay, ownerBytes } = settings().quotas;
  return {
    pending_jobs: { used: pendingJobs, limit: ownerPendingJobs || null },
    jobs_today: { used: jobsToday, limit: ownerJobsADay || null },
    stored_bytes: { used: uploadBytes + outputBytes, limit: ownerBytes || null },
  };
}
