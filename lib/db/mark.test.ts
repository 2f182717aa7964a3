import { expect, test } from 'vitest';
import { testDatabaseFile } from '#tests/database';
import { makeUser } from '#tests/factories';
import { openDatabase } from './client.ts';
import { markOf } from './mark.ts';

test('the mark changes with every write, by whichever connection, and with nothing else', async () => {
  const { db, url } = await testDatabaseFile();
  const other = await openDatabase(url);
  const marks = [markOf(db)];
  for (const writer of [db, other, db, other]) {
    await makeUser(writer);
    marks.push(markOf(db));
  }
  expect(new Set(marks).size).toBe(5);
  await db.$client.execute('SELECT count(*) FROM users');
  expect(markOf(db)).toBe(marks.at(-1));
  // What a lock does to a connection: it is opened anew, and what it had counted is forgotten.
  db.$client.reconnect();
  await makeUser(other);
  expect(marks).not.toContain(markOf(db));
  other.$client.close();
  db.$client.close();
  expect(markOf(db)).toBeNull();
});
