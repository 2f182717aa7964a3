import { deleteJob, getJob } from '#lib/api/operations/jobs';
import { waitForJob } from '#lib/api/prefer-wait';
import { type ActorCall, routes, serve } from '#lib/api/serve';
import { withSignedUrls } from '#lib/api/signed-link';
import { recordCall } from '#lib/auth/audit';
import { systemClock } from '#lib/core/clock';
import { getJobResource } from '#lib/jobs/job-resources';
import { discardJob } from '#lib/pipelines/discard';

export const { GET, POST, PUT, PATCH, DELETE } = routes(
  serve(getJob, async (call) => {
    const waited = await waitForJob(call, call.params.id);
    const { resource, headers } = waited ?? { resource: await readJob(call), headers: {} };
    const seconds = call.query.signed_links;
    if (seconds === undefined) return Response.json(resource, { headers });
    const job = await withSignedUrls(resource, call.caller, seconds, systemClock());
    return Response.json(job, { headers });
  }),
  serve(deleteJob, async (call) => {
    const { params, db, store, actor } = call;
    await discardJob(db, store, actor, params.id);
    await recordCall(call, { action: 'job.deleted', subject: params.id });
    return new Response(null, { status: 204 });
  }),
);

function readJob({ db, actor, params, now }: ActorCall<typeof getJob>) {
  return getJobResource(db, actor, params.id, now);
}
