import { toIso } from '#lib/core/clock';
import type { JobError, JobMetrics, JobPreview } from '#lib/db/schema/job-values';
import type { jobOutputs, jobs } from '#lib/db/schema/jobs';

export type Job = typeof jobs.$inferSelect;
export type JobOutput = typeof jobOutputs.$inferSelect;
/** What is to be known of a running job to bring it back. */
export type RunningJob = Pick<
  Job,
  'id' | 'workerId' | 'fence' | 'leaseExpiresAt' | 'attempt' | 'rescues' | 'progress'
>;
export type JobStatus = Job['status'];

/** A picture a job takes. `filename` is what its sender called it. */
export interface JobInput {
  jobId: string;
  role: string;
  uploadId: string;
  filename: string;
}

/** A job as the API, the dashboard and the receipts write it: one shape everywhere. Times are ISO 8601, UTC. */
export interface JobResource {
  id: string;
  pipeline: string;
  model: string;
  status: JobStatus;
  priority: number;
  batch_id: string | null;
  attempt: number;
  max_attempts: number;
  created_at: string;
  updated_at: string;
  started_at: string | null;
  completed_at: string | null;
  progress: ProgressResource;
  queue_position: number | null;
  waiting_reason: string | null;
  params: Record<string, unknown>;
  inputs: { role: string; upload_id: string; filename: string }[];
  outputs: OutputResource[];
  result_url: string | null;
  error: JobError | null;
  warnings: string[];
  metrics: MetricsResource | null;
  message: string;
  urls: { self: string; events: string; cancel: string; retry: string; archive: string };
}

export interface ProgressResource {
  value: number;
  stage: string | null;
  stages_done: number;
  stages_total: number;
  step: number | null;
  steps: number | null;
  /** Seconds until the job is done, by past runs of its kind; null where too little is known to say. */
  eta_seconds: number | null;
  /** A picture of what the result looks like so far, another address for each; null where there is none. */
  preview_url: string | null;
}

export interface OutputResource {
  name: string;
  role: string;
  content_type: string;
  size_bytes: number;
  sha256: string;
  width: number | null;
  height: number | null;
  url: string;
}

export interface MetricsResource {
  stage_ms: Record<string, number>;
  total_ms: number;
  peak_memory_bytes: number | null;
  device: string;
}

interface JobParts {
  inputs: JobInput[];
  outputs: JobOutput[];
  queuePosition: number | null;
  waitingReason: string | null;
  etaMs: number | null;
}

const STATUS_MESSAGES: Record<JobStatus, string> = {
  pending: 'Waiting for its turn',
  processing: 'Starting',
  completed: 'Done',
  failed: 'Failed',
  cancelled: 'Cancelled',
};

/** A row and what belongs to it, as the wire shape. */
export function toJobResource(job: Job, parts: JobParts): JobResource {
  const self = `/api/v1/jobs/${job.id}`;
  const outputs = parts.outputs.map((output) => toOutputResource(self, output));
  return {
    id: job.id,
    pipeline: job.pipeline,
    model: job.model,
    status: job.status,
    priority: job.priority,
    batch_id: job.batchId,
    attempt: job.attempt,
    max_attempts: job.maxAttempts,
    created_at: toIso(job.createdAt)!,
    updated_at: toIso(job.updatedAt)!,
    started_at: toIso(job.startedAt),
    completed_at: toIso(job.completedAt),
    progress: toProgressResource(job, self, parts.etaMs),
    queue_position: parts.queuePosition,
    waiting_reason: parts.waitingReason,
    params: job.params,
    inputs: parts.inputs.map(({ role, uploadId, filename }) => ({ role, upload_id: uploadId, filename })),
    outputs,
    result_url: outputs.find((output) => output.role === 'result')?.url ?? null,
    error: job.error,
    warnings: job.warnings,
    metrics: job.metrics && toMetricsResource(job.metrics),
    message: messageOf(job),
    urls: {
      self,
      events: `${self}/events`,
      cancel: `${self}/cancel`,
      retry: `${self}/retry`,
      archive: `${self}/archive`,
    },
  };
}

function messageOf(job: Job): string {
  if (job.status === 'failed') return job.error?.message ?? STATUS_MESSAGES.failed;
  if (job.status === 'processing' && job.cancelRequestedAt !== null) return 'Stopping';
  if (job.status === 'processing' && job.progress) return job.progress.message;
  return STATUS_MESSAGES[job.status];
}

function toProgressResource(job: Job, self: string, etaMs: number | null): ProgressResource {
  const { progress, status } = job;
  const stagesTotal = progress?.stagesTotal ?? 0;
  const isDone = status === 'completed';
  const running = status === 'processing' ? progress : null;
  return {
    value: isDone ? 1 : (progress?.value ?? 0),
    stage: running?.stage ?? null,
    stages_done: isDone ? stagesTotal : (progress?.stagesDone ?? 0),
    stages_total: stagesTotal,
    step: running?.step ?? null,
    steps: running?.steps ?? null,
    eta_seconds: etaMs === null ? null : Math.round(etaMs / 1000),
    preview_url: running?.preview ? previewUrl(self, job, running.preview) : null,
  };
}

/** One of an attempt before is gone. */
function previewUrl(self: string, job: Job, { fence, sequence }: JobPreview): string | null {
  return fence === job.fence ? `${self}/preview?v=${fence}.${sequence}` : null;
}

function toOutputResource(self: string, output: JobOutput): OutputResource {
  return {
    name: output.name,
    role: output.role,
    content_type: output.contentType,
    size_bytes: output.sizeBytes,
    sha256: output.sha256,
    width: output.width,
    height: output.height,
    url: `${self}/outputs/${encodeURIComponent(output.name)}`,
  };
}

function toMetricsResource(metrics: JobMetrics): MetricsResource {
  return {
    stage_ms: metrics.stageMs,
    total_ms: metrics.totalMs,
    peak_memory_bytes: metrics.peakMemoryBytes,
    device: metrics.device,
  };
}
