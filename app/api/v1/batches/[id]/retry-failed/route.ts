import { batchVerb } from '#lib/api/batch-verb';
import { retryFailedOfBatch } from '#lib/jobs/batches';

export const { GET, POST, PUT, PATCH, DELETE } = batchVerb(retryFailedOfBatch);
