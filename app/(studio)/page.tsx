import { Studio } from '#components/studio/studio';
import { settings } from '#lib/config/settings';
import type { Actor } from '#lib/core/actor';
import { database } from '#lib/db/connection';
import { activeJobResources, listJobResources } from '#lib/jobs/queries';
import { ACCEPTED_FORMATS } from '#lib/media/format';
import { MAX_SIDE, MIN_SIDE } from '#lib/media/image-errors';
import { listPipelines } from '#lib/pipelines/registry';
import { pageActor } from '#app/page-user';
import { formatBytes } from '../../components/ui/quantities.ts';
import { cancelQueued, queueJobs } from './actions.ts';
import { toPipelineForm } from './pipeline-view.ts';

const ACTIVE_SHOWN = 100;
const LOOKED_AT = 50;
const RECENT_SHOWN = 6;

export default async function StudioPage() {
  const actor = await pageActor();
  return (
    <Studio
      pipelines={listPipelines().map(toPipelineForm)}
      limits={`${ACCEPTED_FORMATS}, up to ${formatBytes(settings().maxUploadBytes)}, ${MIN_SIDE} to ${MAX_SIDE} pixels a side`}
      initialQueue={await readQueue(actor)}
      submit={queueJobs}
      cancel={cancelQueued}
    />
  );
}

async function readQueue(actor: Actor) {
  const db = await database();
  const [active, newest] = await Promise.all([
    activeJobResources(db, actor, ACTIVE_SHOWN),
    listJobResources(db, actor, { limit: LOOKED_AT }),
  ]);
  const recent = newest.items.filter((job) => job.completed_at !== null).slice(0, RECENT_SHOWN);
  return { active, recent };
}
