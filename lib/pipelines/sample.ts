import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import type { Actor } from '#lib/core/actor';
import type { Database } from '#lib/db/client';
import { settings } from '#lib/config/settings';
import type { JobResource } from '#lib/jobs/resource';
import { receiveFile } from '#lib/media/receive';
import type { FileStore } from '#lib/media/store/store';
import { photoRealistic } from './photo-realistic.ts';
import { submitJob } from './submission/submit.ts';

const SAMPLE = 'sample.jpg';

/** Put the sample picture through the main job, so that a newcomer sees it run and finds a result waiting. */
export async function submitSample(
  db: Database,
  store: FileStore,
  actor: Actor,
  now: number,
): Promise<JobResource> {
  const file = await receiveFile(
    store,
    createReadStream(resolve('public', SAMPLE)),
    settings().maxUploadBytes,
  );
  const sent = { field: 'image', filename: SAMPLE, claim: 'image/jpeg', file };
  return submitJob(db, store, actor, { fields: [['pipeline', photoRealistic.id]], files: [sent] }, now);
}
