import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '#tests/temporary-folder';
import { FileConnection } from './file-connection.ts';

let connection: FileConnection;

beforeEach(async () => {
  connection = new FileConnection({
    path: join(temporaryFolder(), 'a.db'),
    pragmas: 'PRAGMA foreign_keys=ON',
    busyTimeoutMs: 0,
  });
  onTestFinished(() => connection.close());
  await connection.execute('CREATE TABLE things (name TEXT UNIQUE, size)');
});

const insert = (...args: (string | number)[]) =>
  connection.execute({ sql: 'INSERT INTO things VALUES (?, ?)', args });

describe('a row', () => {
  test('has its values by place and by name', async () => {
    const { columns, rows } = await connection.execute(`SELECT 'a' AS name, 5 AS size, NULL AS none`);
    expect(columns).toEqual(['name', 'size', 'none']);
    expect([...Array.prototype.slice.call(rows[0])]).toEqual(['a', 5, null]);
    expect({ ...rows[0] }).toEqual({ name: 'a', size: 5, none: null });
  });

  test('keeps both of two columns of one name, the first under it', async () => {
    const { rows } = await connection.execute('SELECT 1 AS id, 2 AS id, 3 AS length');
    expect([...Array.prototype.slice.call(rows[0])]).toEqual([1, 2, 3]);
    expect({ ...rows[0] }).toEqual({ id: 1 });
  });
});

describe('a statement', () => {
  test('is carried out with other values each time', async () => {
    expect([(await insert('a', 1)).rowsAffected, (await insert('b', 2)).rowsAffected]).toEqual([1, 1]);
    const sql = 'SELECT size FROM things WHERE name = ?';
    const sizes = [];
    for (const name of ['a', 'b', 'c']) {
      sizes.push(...(await connection.execute({ sql, args: [name] })).rows.map((row) => row['size']));
    }
    expect(sizes).toEqual([1, 2]);
  });

  test('that failed works the next time', async () => {
    await insert('a', 1);
    await expect(insert('a', 2)).rejects.toThrow('UNIQUE');
    await insert('b', 2);
    const returning = { sql: 'INSERT INTO things VALUES (?, 0) RETURNING name', args: ['a'] };
    await expect(connection.execute(returning)).rejects.toThrow('UNIQUE');
    expect((await connection.execute({ ...returning, args: ['c'] })).rows[0]!['name']).toBe('c');
  });

  test('is known again, however many came between', async () => {
    for (let n = 0; n < 500; n++) await connection.execute(`SELECT ${n}`);
    for (let n = 0; n < 500; n++) expect((await connection.execute(`SELECT ${n}`)).rows[0]![0]).toBe(n);
  });

  test('takes booleans and dates', async () => {
    const args = [true, false, new Date(5), null, 7n];
    const { rows } = await connection.execute({ sql: 'SELECT ?, ?, ?, ?, ?', args });
    expect([...Array.prototype.slice.call(rows[0])]).toEqual([1, 0, 5, null, 7]);
  });

  test.each([
    ['a value that is not there', [undefined]],
    ['values by name', { size: 1 }],
  ])('does not take %s', async (_, args) => {
    const statement = { sql: 'SELECT ?', args: args as never };
    await expect(connection.execute(statement)).rejects.toBeInstanceOf(TypeError);
  });
});

test('a change of tables looks away from foreign keys, and then they hold again', async () => {
  const parents = 'CREATE TABLE parents (id INTEGER PRIMARY KEY)';
  await connection.batch([
    parents,
    'CREATE TABLE children (parent REFERENCES parents (id) ON DELETE CASCADE)',
    'INSERT INTO parents VALUES (1)',
    'INSERT INTO children VALUES (1)',
  ]);
  await connection.migrate(['DROP TABLE parents', parents, 'INSERT INTO parents VALUES (1)']);
  expect((await connection.execute('SELECT count(*) FROM children')).rows[0]![0]).toBe(1);
  await expect(connection.execute('INSERT INTO children VALUES (2)')).rejects.toThrow('FOREIGN KEY');
});

test('a connection that was closed says so', async () => {
  connection.close();
  await expect(insert('a', 1)).rejects.toThrow('closed');
  await expect(connection.batch(['SELECT 1'])).rejects.toThrow('closed');
});
