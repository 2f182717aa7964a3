import { Studio } from '#components/studio/studio';
import { settings } from '#lib/config/settings';
import type { Actor } from '#lib/core/actor';
import { systemClock } from '#lib/core/clock';
import { formatBytes } from '#lib/core/format-bytes';
import { database } from '#lib/db/connection';
import { activeJobResources, listJobResources } from '#lib/jobs/job-resources';
import { queuePause } from '#lib/jobs/queue-control';
import type { JobStatus } from '#lib/jobs/resource';
import { deviceNotes } from '#lib/jobs/workers';
import { ACCEPTED_FORMATS, ACCEPTED_TYPES } from '#lib/media/image/format';
import { MAX_SIDE, MIN_SIDE } from '#lib/media/image/image-errors';
import { listPipelines } from '#lib/pipelines/registry';
import { pageActor } from '#app/page-user';
import { FINISHED, latestOf, RECENT_SHOWN } from '#components/queue/recent.ts';
import type { QueueState } from '#components/queue/use-queue.ts';
import { cancelQueued, improvePrompt, openBatch, pauseQueue, queueJobs, resumeQueue } from './actions.ts';
import { toPipelineForm } from './pipeline-view.ts';

const ACTIVE_SHOWN = 100;

export default async function StudioPage() {
  const actor = await pageActor('/');
  return (
    <Studio
      pipelines={listPipelines().map(toPipelineForm)}
      photos={{ limits: limitsInWords(), types: ACCEPTED_TYPES }}
      initialQueue={await readQueue(actor)}
      notes={await deviceNotes(await database(), systemClock())}
      submit={queueJobs}
      openBatch={openBatch}
      improve={improvePrompt}
      cancel={cancelQueued}
      pause={pauseQueue}
      resume={resumeQueue}
    />
  );
}

function limitsInWords(): string {
  const size = formatBytes(settings().maxUploadBytes);
  return `${ACCEPTED_FORMATS}, up to ${size}, ${MIN_SIDE} to ${MAX_SIDE} pixels a side`;
}

async function readQueue(actor: Actor): Promise<QueueState> {
  const db = await database();
  const now = systemClock();
  const newest = (status: JobStatus) => listJobResources(db, actor, { status, limit: RECENT_SHOWN }, now);
  const [paused, active, ...finished] = await Promise.all([
    queuePause(db, actor.userId),
    activeJobResources(db, actor, ACTIVE_SHOWN, now),
    ...FINISHED.map(newest),
  ]);
  return { active, paused, recent: latestOf(finished.map(({ items }) => items)) };
}
