import { rehearsed } from '#lib/api/dry-run';
import { generate } from '#lib/api/operations/jobs';
import { whenEnded } from '#lib/api/prefer-wait';
import { routes, serve } from '#lib/api/serve';
import { submitOnce } from '#lib/api/submit-once';
import { getJobResource } from '#lib/jobs/job-resources';
import { rehearseJob } from '#lib/pipelines/submission/rehearse';
import { submitJob } from '#lib/pipelines/submission/submit';

/** At most a start image and an end image. */
const LIMITS = { files: 2 };

export const { GET, POST, PUT, PATCH, DELETE } = routes(
  serve(generate, async (call) => {
    const { db, store, actor, now } = call;
    if (call.query.dry_run) {
      return rehearsed(call, LIMITS, (submission) => rehearseJob(db, store, actor, submission, now));
    }
    const answer = await submitOnce(call, {
      makes: 'job',
      status: 202,
      limits: LIMITS,
      make: (submission, creation) => submitJob(db, store, actor, submission, now, { creation }),
      find: (id) => getJobResource(db, actor, id, now),
    });
    return whenEnded(call, answer);
  }),
);
