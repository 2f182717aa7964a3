import type { Operation } from '../operation.ts';
import {
  changeApiKey,
  createApiKey,
  getApiKey,
  listApiKeys,
  revokeApiKey,
  rotateApiKey,
} from '../operations/api-keys.ts';
import { listAudit } from '../operations/audit.ts';
import {
  cancelBatch,
  createBatch,
  getBatch,
  getBatchArchive,
  listBatches,
  pauseBatch,
  resumeBatch,
  retryFailedOfBatch,
} from '../operations/batches.ts';
import { getJobEvents } from '../operations/events.ts';
import {
  cancelJob,
  deleteJob,
  generate,
  getJob,
  getJobArchive,
  getJobOutput,
  getJobPreview,
  linkJobOutput,
  listJobs,
  retryJob,
} from '../operations/jobs.ts';
import { deleteWeights, downloadModel, getModel, listModels, unloadModel } from '../operations/models.ts';
import { getMetrics } from '../operations/metrics.ts';
import { getHealth, getOpenApi, getReadiness } from '../operations/operation.ts';
import { enhancePrompt } from '../operations/prompts.ts';
import { clearQueue, getQueue, pollQueue, startQueue, stopQueue } from '../operations/queue.ts';
import { createUpload, getUpload, getUploadContent } from '../operations/uploads.ts';
import { getUsage } from '../operations/usage.ts';
import {
  createWebhook,
  deleteWebhook,
  getWebhook,
  getWebhookDelivery,
  listWebhookDeliveries,
  listWebhooks,
  replayWebhookDelivery,
  rotateWebhookSecret,
  testWebhook,
  updateWebhook,
} from '../operations/webhooks.ts';

/** Every operation there is, in the order in which they are told of. A test holds it against the route files. */
export const OPERATIONS: readonly Operation[] = [
  generate,
  listJobs,
  getJob,
  deleteJob,
  cancelJob,
  retryJob,
  getJobEvents,
  getJobPreview,
  getJobOutput,
  linkJobOutput,
  getJobArchive,

  createUpload,
  getUpload,
  getUploadContent,

  getQueue,
  pollQueue,
  startQueue,
  stopQueue,
  clearQueue,

  createBatch,
  listBatches,
  getBatch,
  cancelBatch,
  pauseBatch,
  resumeBatch,
  retryFailedOfBatch,
  getBatchArchive,

  listModels,
  getModel,
  downloadModel,
  unloadModel,
  deleteWeights,

  enhancePrompt,

  listApiKeys,
  createApiKey,
  getApiKey,
  changeApiKey,
  revokeApiKey,
  rotateApiKey,

  listAudit,

  createWebhook,
  listWebhooks,
  getWebhook,
  updateWebhook,
  deleteWebhook,
  rotateWebhookSecret,
  testWebhook,
  listWebhookDeliveries,
  getWebhookDelivery,
  replayWebhookDelivery,

  getUsage,

  getHealth,
  getReadiness,
  getMetrics,
  getOpenApi,
];
