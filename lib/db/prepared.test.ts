import { eq, sql } from 'drizzle-orm';
import { expect, test, vi } from 'vitest';
import { testDatabase } from '#tests/database';
import { makeJob, makeUser } from '#tests/factories';
import { draft, given, inOneGo, prepared, rowsOf } from './prepared.ts';
import { users } from './schema/auth.ts';
import { jobs } from './schema/jobs.ts';

const firstValues = ([row]: ArrayLike<unknown>[]) => Array.from(row!);

test('a value that stands in several places is given once, and what never changes is written out', async () => {
  const select = prepared(
    sql`SELECT ${given('a')}, ${given('b')}, ${given('a')}, ${"it's"}, ${5}, ${null}`,
    firstValues,
  );
  const statement = select({ b: 'second', a: 'first', c: 'not asked for' });
  expect(statement.getQuery().params).toEqual(['first', 'second']);
  expect(statement.getQuery().sql).toBe(`SELECT ?1, ?2, ?1, 'it''s', 5, null`);
  expect(await statement.run(await testDatabase())).toEqual(['first', 'second', 'first', "it's", 5, null]);
});

test('a value that was not given is an error', async () => {
  const select = prepared(sql`SELECT ${given('a')}`, firstValues);
  await expect(select({}).run(await testDatabase())).rejects.toThrow('undefined');
});

test('whole rows are read as drizzle reads them', async () => {
  const db = await testDatabase();
  const actor = await makeUser(db);
  await makeJob(db, actor, {
    status: 'failed',
    scheduled: true,
    warnings: ['a'],
    params: { nested: { n: 1 } },
  });
  await makeJob(db, actor, { status: 'processing', batchPosition: 0 });
  const all = prepared(draft.select().from(jobs).orderBy(jobs.id), rowsOf(jobs));
  expect(await all({}).run(db)).toEqual(await db.select().from(jobs).orderBy(jobs.id));
});

test('statements in one go are written together or not at all, and the main one answers', async () => {
  const db = await testDatabase();
  const { userId } = await makeUser(db);
  const rename = prepared(
    draft
      .update(users)
      .set({ name: given('name') })
      .where(eq(users.id, given('id')))
      .returning({ name: users.name }),
    ([row]) => row![0],
  );
  const main = rename({ id: userId, name: 'New' });
  const nonsense = prepared(sql`SELECT nonsense`, () => undefined)({});
  await expect(inOneGo(db, { main, after: [nonsense] })).rejects.toThrow('nonsense');
  const before = [rename({ id: userId, name: 'Passing' })];
  const after = [db.select().from(users)];
  const batch = vi.spyOn(db, 'batch');
  expect(await inOneGo(db, { before, main, after })).toBe('New');
  expect(await inOneGo(db, { main })).toBe('New');
  expect(batch).toHaveBeenCalledOnce();
  expect(await db.select({ name: users.name }).from(users)).toEqual([{ name: 'New' }]);
});
