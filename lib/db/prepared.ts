import type { InValue, ResultSet, Value } from '@libsql/client';
import { getTableColumns, is, Param, Placeholder, type Query, type SQL, sql } from 'drizzle-orm';
import type { BatchItem } from 'drizzle-orm/batch';
import { drizzle } from 'drizzle-orm/libsql';
import { SQLiteAsyncDialect, type SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Database } from './client.ts';
import type { CompiledResult } from './compiled-statement.ts';

/*
 * Statements whose text is made once. drizzle makes it anew at each use, which takes many times as long as to carry the
 * statement out: so those that every job passes through are prepared. See docs/decisions/009-fast-statements.md.
 */

/** A database to write statements down with, not to carry them out. */
export const draft = drizzle.mock();

/** A value that is given at each use of a statement. */
export function given<T>(name: string): SQL<T> {
  return sql<T>`${sql.placeholder(name)}`;
}

/** Makes a statement's answer of the rows that it returns, each its values by their places. */
type Read<Result> = (rows: ArrayLike<Value>[]) => Result;

/** Makes a statement of which only the `given` values change. */
export function prepared<Result>(
  statement: SQL | { toSQL(): Query },
  read: Read<Result>,
): (values: Record<string, InValue>) => BoundStatement<Result> {
  const { text, names } = withNumbers(
    'toSQL' in statement ? statement.toSQL() : dialect.sqlToQuery(statement),
  );
  return (values) => {
    const args = names.map((name) => values[name]!);
    return new BoundStatement({ sql: text, args }, read);
  };
}

/** A prepared statement with its values: one of a batch, or to be carried out by itself. */
export class BoundStatement<Result> implements BatchItem<'sqlite'> {
  declare readonly _: { readonly dialect: 'sqlite'; readonly result: Result };
  readonly #statement: { sql: string; args: InValue[] };
  readonly #read: Read<Result>;

  constructor(statement: { sql: string; args: InValue[] }, read: Read<Result>) {
    this.#statement = statement;
    this.#read = read;
  }

  async run(db: Database): Promise<Result> {
    return this.mapResult(await db.$client.execute(this.#statement));
  }

  /* What drizzle asks of the statements of a batch. */

  _prepare(): this {
    return this;
  }

  getQuery(): Query {
    return { sql: this.#statement.sql, params: this.#statement.args };
  }

  mapResult(result: ResultSet | CompiledResult): Result {
    return this.#read('values' in result ? result.values : result.rows);
  }
}

/** A statement of a batch, prepared or not. */
export type Statement = BatchItem<'sqlite'>;

interface Together<Result> {
  before?: Statement[];
  main: BoundStatement<Result>;
  after?: Statement[];
}

/** Carry statements out together, or not at all; answers what the main one does. One by itself needs no transaction. */
export async function inOneGo<Result>(db: Database, statements: Together<Result>): Promise<Result> {
  const { before = [], main, after = [] } = statements;
  const [first, ...others] = [...before, main, ...after];
  if (others.length === 0) return main.run(db);
  const results = await db.batch([first!, ...others]);
  return results[before.length] as Result;
}

/** Reads whole rows of a table. */
export function rowsOf<Table extends SQLiteTable>(table: Table): Read<Table['$inferSelect'][]> {
  const columns = Object.entries(getTableColumns(table));
  const readRow = (row: ArrayLike<Value>) => {
    const record: Record<string, unknown> = {};
    for (const [at, [key, column]] of columns.entries()) {
      const value = row[at]!;
      record[key] = value === null ? null : column.mapFromDriverValue(value);
    }
    return record;
  };
  return (rows) => rows.map(readRow);
}

const dialect = new SQLiteAsyncDialect();

/** Values by numbers, so that one which stands in several places is given once; what never changes is written out. */
function withNumbers({ sql: text, params }: Query): { text: string; names: string[] } {
  const names = [...new Set(params.flatMap((param) => nameOf(param) ?? []))];
  let at = 0;
  const numbered = text.replaceAll('?', () => {
    const param = params[at++];
    const name = nameOf(param);
    return name === null ? literal(param) : `?${names.indexOf(name) + 1}`;
  });
  if (at !== params.length) throw new Error(`A question mark stands for no value: ${text}`);
  return { text: numbered, names };
}

function nameOf(param: unknown): string | null {
  const inner = is(param, Param) ? param.value : param;
  return is(inner, Placeholder) ? inner.name : null;
}

function literal(value: unknown): string {
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);
}
