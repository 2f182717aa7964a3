import { actorOf } from '#lib/auth/actor';
import type { Actor } from '#lib/core/actor';
import { newId } from '#lib/core/ids';
import type { Database } from '#lib/db/client';
import { users } from '#lib/db/schema/auth';
import { batches } from '#lib/db/schema/batches';
import { jobs } from '#lib/db/schema/jobs';
import { uploads } from '#lib/db/schema/media';
import type { Batch } from '#lib/jobs/batches/batches';
import type { Job } from '#lib/jobs/resource';

/** The moment the tests live in, epoch milliseconds. */
export const NOW = Date.UTC(2026, 0, 1);

export async function makeUser(db: Database, role: Actor['role'] = 'user'): Promise<Actor> {
  const userId = newId();
  await db.insert(users).values({
    id: userId,
    email: `${userId}@example.test`,
    name: 'Test',
    passwordHash: '-',
    role,
    createdAt: NOW,
  });
  return actorOf({ id: userId, role });
}

/** An upload's row; there are no bytes behind it. */
export async function makeUpload(
  db: Database,
  actor: Actor,
  columns: Partial<typeof uploads.$inferInsert> = {},
) {
  const picture = {
    format: 'jpeg',
    contentType: 'image/jpeg',
    width: 640,
    height: 480,
    mode: 'srgb',
  } as const;
  const [row] = await db
    .insert(uploads)
    .values({
      id: newId(),
      ownerId: actor.userId,
      sha256: newId().replaceAll('-', '').repeat(2),
      filename: 'photo.jpg',
      kept: false,
      sizeBytes: 1000,
      hasAlpha: false,
      storedAt: NOW,
      ...picture,
      ...columns,
    })
    .returning();
  return row!;
}

/** A batch's row; jobs that name it are its pictures. */
export async function makeBatch(
  db: Database,
  actor: Actor,
  columns: Partial<typeof batches.$inferInsert> = {},
): Promise<Batch> {
  const setting = { pipeline: 'photo-realistic', model: 'auto', params: { num_layers: 4 } };
  const [row] = await db
    .insert(batches)
    .values({ id: newId(), ownerId: actor.userId, ...setting, refused: [], createdAt: NOW, ...columns })
    .returning();
  return row!;
}

/** A job's row in any state: columns that the state demands are filled in. */
export async function makeJob(
  db: Database,
  actor: Actor,
  columns: Partial<typeof jobs.$inferInsert> = {},
): Promise<Job> {
  const status = columns.status ?? 'pending';
  const ended = status !== 'pending' && status !== 'processing';
  const [row] = await db
    .insert(jobs)
    .values({
      id: newId(),
      ownerId: actor.userId,
      pipeline: 'photo-realistic',
      model: 'auto',
      params: { num_layers: 4 },
      status,
      runAt: NOW,
      scheduled: (columns.runAt ?? NOW) > NOW,
      maxAttempts: 3,
      warnings: [],
      createdAt: NOW,
      updatedAt: NOW,
      ...(status === 'processing' && {
        workerId: 'worker',
        leaseExpiresAt: NOW + 10_000,
        fence: 1,
        attempt: 1,
      }),
      ...(ended && { completedAt: NOW }),
      ...(status === 'failed' && {
        error: { code: 'internal', message: 'It broke.', stage: 'depth', retryable: true, suggestions: [] },
      }),
      ...columns,
    })
    .returning();
  return row!;
}
