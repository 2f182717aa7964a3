import { createApiKey } from '#lib/auth/api-keys';
import { inPerson } from '#lib/auth/caller';
import type { Actor } from '#lib/core/actor';
import { systemClock } from '#lib/core/clock';
import { newId } from '#lib/core/ids';
import type { Database } from '#lib/db/client';
import { previewKey } from '#lib/jobs/files';
import type { FileStore } from '#lib/media/store/store';
import { sendPing } from '#lib/webhooks/deliveries';
import { WEBHOOK_EVENTS } from '#lib/webhooks/events';
import { createWebhook } from '#lib/webhooks/webhooks';
import { makeBatch, makeJob } from './factories.ts';
import { storeJob, storeUpload } from './stored-things.ts';

/** Makes something of an owner's; answers what leads to it in an address. */
type Maker = (
  db: Database,
  store: FileStore,
  owner: Actor,
) => Promise<{ id: string } & Record<string, string>>;

/** One of everything that has an owner. */
export const OWNED_THINGS = {
  job: async (db, store, owner) => {
    const { id } = await storeJob(db, store, owner, { status: 'completed' });
    return { id, name: 'depth.png' };
  },
  waitingJob: async (db, _store, owner) => {
    const { id } = await makeJob(db, owner);
    return { id };
  },
  runningJob: async (db, store, owner) => {
    const preview = { fence: 1, sequence: 1 };
    const progress = { preview } as unknown as NonNullable<Parameters<typeof makeJob>[2]>['progress'];
    const { id } = await makeJob(db, owner, { status: 'processing', progress });
    await store.writeAtomic(previewKey(id, 1), Buffer.from('webp'));
    return { id };
  },
  upload: async (db, store, owner) => {
    const { id } = await storeUpload(db, store, owner, newId());
    return { id };
  },
  batch: async (db, _store, owner) => {
    const { id } = await makeBatch(db, owner);
    await makeJob(db, owner, { batchId: id, batchPosition: 0 });
    return { id };
  },
  apiKey: async (db, _store, owner) => {
    const { apiKey } = await createApiKey(db, inPerson(owner), { name: 'theirs' }, systemClock());
    return { id: apiKey.id };
  },
  webhook: async (db, _store, owner) => {
    const now = systemClock();
    const wanted = { url: 'https://example.com/hook', description: '', events: [...WEBHOOK_EVENTS] };
    const { id } = await createWebhook(db, owner, wanted, { allowPrivate: false, now });
    const delivery = await sendPing(db, owner, id, now);
    return { id, delivery: delivery.id };
  },
} satisfies Record<string, Maker>;

export type OwnedThing = keyof typeof OWNED_THINGS;
