import { acceptOnce } from '#lib/api/idempotency';
import { routes } from '#lib/api/route';
import { getJobResource } from '#lib/jobs/queries';
import { submitJob } from '#lib/pipelines/submission/submit';

/** At most: a start image and an end image. */
const IMAGES = 2;

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  POST: async (call) => {
    const { db, store, actor, now } = call;
    return acceptOnce(call, {
      makes: 'job',
      limits: { files: IMAGES },
      make: (submission, key) => submitJob(db, store, actor, submission, now, key),
      find: (id) => getJobResource(db, actor, id, now),
    });
  },
});
