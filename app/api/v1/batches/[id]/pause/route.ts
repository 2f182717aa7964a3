import { batchVerb } from '#lib/api/batch-verb';
import { pauseBatch as operation } from '#lib/api/operations/batches';
import { pauseBatch } from '#lib/jobs/batches/batches';

export const { GET, POST, PUT, PATCH, DELETE } = batchVerb(operation, pauseBatch);
