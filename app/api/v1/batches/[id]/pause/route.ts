import { batchVerb } from '#lib/api/batch-verb';
import { pauseBatch } from '#lib/jobs/batches/batches';

export const { GET, POST, PUT, PATCH, DELETE } = batchVerb(pauseBatch);
