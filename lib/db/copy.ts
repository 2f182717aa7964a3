import type { Row } from '@libsql/client';
import { AppError } from '#lib/core/errors';
import type { Database } from './client.ts';
import { migrationState } from './migrate.ts';
import { slices } from './slices.ts';

/**
 * Copy every row of one database into another, which must be migrated and empty, and hand back how many there were.
 * Nothing may write to either meanwhile. Throws AppError `conflict` where one of the two is not as it has to be.
 */
export async function copyDatabase(from: Database, to: Database): Promise<number> {
  const { applied, known } = await migrationState(from);
  if (applied !== known) {
    throw new AppError('conflict', 'The database to copy was not written by this version of Multiplane.', {
      suggestion: 'Let this version work with it once, which brings it up to date, and try again.',
    });
  }
  const tables = await tablesOf(from);
  for (const table of tables) await requireEmpty(to, table);
  let copied = 0;
  for (const table of tables) copied += await copyTable(from, to, table);
  return copied;
}

/** Ours, without those of SQLite and of the migrations; last the one that triggers write to as others are copied. */
async function tablesOf(db: Database): Promise<string[]> {
  const { rows } = await db.$client.execute(
    String.raw`SELECT name FROM sqlite_schema WHERE type = 'table'
      AND name NOT LIKE 'sqlite\_%' ESCAPE '\' AND name NOT LIKE '\_\_%' ESCAPE '\'
      ORDER BY name = 'owner_storage', rowid`,
  );
  return rows.map(({ name }) => name as string);
}

async function requireEmpty(db: Database, table: string): Promise<void> {
  const { rows } = await db.$client.execute(`SELECT 1 FROM "${table}" LIMIT 1`);
  if (rows.length > 0) {
    throw new AppError('conflict', `The database to copy into is in use: there are ${table} in it.`, {
      suggestion: 'Copy into a new one.',
    });
  }
}

async function copyTable(from: Database, to: Database, table: string): Promise<number> {
  const { columns } = await from.$client.execute(`SELECT * FROM "${table}" LIMIT 0`);
  const names = columns.map((column) => `"${column}"`).join(', ');
  const places = columns.map(() => '?').join(', ');
  const read = async (after: Row | undefined, limit: number) => {
    const text = `SELECT ${names}, rowid FROM "${table}" WHERE rowid > ? ORDER BY rowid LIMIT ?`;
    return (await from.$client.execute({ sql: text, args: [after?.[columns.length] ?? 0, limit] })).rows;
  };
  let copied = 0;
  for await (const rows of slices(read)) {
    const insert = `INSERT OR REPLACE INTO "${table}" (${names}) VALUES (${places})`;
    const statements = rows.map((row) => ({ sql: insert, args: columns.map((_, index) => row[index]!) }));
    // As in a migration, rows may name others that are yet to come.
    await to.$client.migrate(statements);
    copied += rows.length;
  }
  return copied;
}
