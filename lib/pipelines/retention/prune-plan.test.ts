import { beforeEach, expect, test } from 'vitest';
import type { Actor } from '#lib/core/actor';
import type { Database } from '#lib/db/client';
import { jobs } from '#lib/db/schema/jobs';
import { uploads } from '#lib/db/schema/media';
import { DiskStore } from '#lib/media/store/disk-store';
import type { Upload } from '#lib/media/queries';
import { testDatabase } from '#tests/database';
import { makeUser, NOW } from '#tests/factories';
import { Random } from '#tests/storm/random';
import { storeJob, storeUpload } from '#tests/stored-things';
import { temporaryFolder } from '#tests/temporary-folder';
import { prune } from './prune.ts';
import { planPrune } from './prune-plan.ts';

const DAY_MS = 24 * 60 * 60_000;

let db: Database;
let store: DiskStore;
let owners: Actor[];

beforeEach(async () => {
  db = await testDatabase();
  store = new DiskStore(temporaryFolder());
  owners = [await makeUser(db), await makeUser(db), await makeUser(db)];
});

/** Jobs in every state and pictures, some of them the same, of every age and owner. */
async function fillStudio(random: Random): Promise<void> {
  const contentOf = () => 'x'.repeat(random.whole(1, 12) * 10);
  const at = () => NOW - random.whole(0, 20) * DAY_MS;
  const mine = new Map<Actor, Upload[]>(owners.map((owner) => [owner, []]));
  for (let number = 0; number < 24; number++) {
    const owner = random.pick(owners);
    const columns = { kept: random.chance(0.5), storedAt: at() };
    mine.get(owner)!.push(await storeUpload(db, store, owner, contentOf(), columns));
  }
  for (let number = 0; number < 30; number++) {
    const owner = random.pick(owners);
    const status = random.pick(['completed', 'completed', 'failed', 'cancelled', 'pending'] as const);
    const completedAt = status === 'pending' ? null : at();
    const takes = mine.get(owner)!.filter(() => random.chance(0.15));
    await storeJob(db, store, owner, { status, completedAt }, { content: contentOf(), takes });
  }
}

async function bytesOnDisk(): Promise<number> {
  const keys = [...(await store.list('jobs')), ...(await store.list('uploads'))];
  const stats = await Promise.all(keys.map((key) => store.stat(key)));
  return stats.reduce((sum, found) => sum + found!.sizeBytes, 0);
}

async function countOf(ownerId: string) {
  const [jobRows, uploadRows] = [await db.select().from(jobs), await db.select().from(uploads)];
  const isTheirs = (row: { ownerId: string }) => row.ownerId === ownerId;
  return {
    jobs: jobRows.filter(isTheirs).length,
    keptUploads: uploadRows.filter((row) => isTheirs(row) && row.kept).length,
  };
}

test.each([1, 2, 3, 4, 5, 6])(
  'a dry run says what the real one does, to the byte (studio %d)',
  async (seed) => {
    const random = new Random(seed);
    await fillStudio(random);
    const keep = {
      jobsDays: random.pick([0, 12]),
      uploadsDays: random.pick([0, 8]),
      ownerBytes: random.pick([0, 300]),
      totalBytes: random.pick([500, 900]),
    };
    const before = await Promise.all(owners.map(({ userId }) => countOf(userId)));
    const bytesBefore = await bytesOnDisk();
    const { going } = await planPrune(db, keep, NOW);
    expect(await bytesOnDisk()).toBe(bytesBefore);
    const done = await prune(db, store, keep, NOW);
    expect(done.owners).toEqual(going.owners);
    expect(bytesBefore - (await bytesOnDisk())).toBe(going.bytes);
    expect(going.bytes).toBeGreaterThan(0);
    for (const [index, { userId }] of owners.entries()) {
      const after = await countOf(userId);
      const planned = going.owners.find(({ ownerId }) => ownerId === userId) ?? { jobs: 0, uploads: 0 };
      expect({
        jobs: before[index]!.jobs - after.jobs,
        uploads: before[index]!.keptUploads - after.keptUploads,
      }).toEqual({
        jobs: planned.jobs,
        uploads: planned.uploads,
      });
    }
  },
);
