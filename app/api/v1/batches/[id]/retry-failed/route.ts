import { batchVerb } from '#lib/api/batch-verb';
import { retryFailedOfBatch as operation } from '#lib/api/operations/batches';
import { retryFailedOfBatch } from '#lib/jobs/batches/batches';

export const { GET, POST, PUT, PATCH, DELETE } = batchVerb(operation, retryFailedOfBatch);
