import { batchVerb } from '#lib/api/batch-verb';
import { resumeBatch } from '#lib/jobs/batches';

export const { GET, POST, PUT, PATCH, DELETE } = batchVerb(resumeBatch);
