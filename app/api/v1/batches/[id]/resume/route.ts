import { batchVerb } from '#lib/api/batch-verb';
import { resumeBatch } from '#lib/jobs/batches/batches';

export const { GET, POST, PUT, PATCH, DELETE } = batchVerb(resumeBatch);
