import { batchVerb } from '#lib/api/batch-verb';
import { resumeBatch as operation } from '#lib/api/operations/batches';
import { resumeBatch } from '#lib/jobs/batches/batches';

export const { GET, POST, PUT, PATCH, DELETE } = batchVerb(operation, resumeBatch);
