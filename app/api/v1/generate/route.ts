import { routes } from '#lib/api/route';
import { readSubmission } from '#lib/api/submission';
import { submitJob } from '#lib/pipelines/submit';

/** At most: a start image and an end image. */
const IMAGES = 2;

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  POST: async ({ request, db, store, actor, now }) => {
    const submission = await readSubmission(request, store, IMAGES);
    const job = await submitJob(db, store, actor, submission, now);
    return Response.json(job, { status: 202, headers: { Location: job.urls.self } });
  },
});
