import { batchVerb } from '#lib/api/batch-verb';
import { cancelBatch as operation } from '#lib/api/operations/batches';
import { cancelBatch } from '#lib/jobs/batches/batches';

export const { GET, POST, PUT, PATCH, DELETE } = batchVerb(operation, cancelBatch);
