import { batchVerb } from '#lib/api/batch-verb';
import { cancelBatch } from '#lib/jobs/batches/batches';

export const { GET, POST, PUT, PATCH, DELETE } = batchVerb(cancelBatch);
