import { PassThrough } from 'node:stream';
import { expect, test, vi } from 'vitest';
import '#tests/studio-folder';
import { database } from '#lib/db/connection';
import { jobs } from '#lib/db/schema/jobs';
import { authenticate } from '#lib/auth/accounts';
import { prepareDatabase } from './first-start.ts';

// Less than the sample has.
vi.hoisted(() => (process.env.MULTIPLANE_MAX_UPLOAD_BYTES = '1024'));

const ADMIN = { email: 'ann@example.org', password: 'a long password' };

test('an administrator is there even where the sample picture cannot be taken in', async () => {
  const err = new PassThrough();
  await prepareDatabase(ADMIN, { out: new PassThrough(), err });
  const db = await database();
  expect(await authenticate(db, ADMIN.email, ADMIN.password)).toMatchObject({ role: 'admin' });
  expect(await db.$count(jobs)).toBe(0);
  expect(String(err.read())).toMatch(
    /ann@example.org created\.\nThe sample picture was not .*larger than 1 kB/s,
  );
});
