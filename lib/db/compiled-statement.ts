import type { InArgs, InValue, ResultSet, Row, Value } from '@libsql/client';
import type Driver from 'libsql';

/** What a statement gives. Its rows come with names only if they are asked for: `values` has them without. */
export interface CompiledResult extends ResultSet {
  values: Value[][];
}

/** A statement that SQLite has compiled, to be carried out as often as wanted. */
export class CompiledStatement {
  readonly #statement: Driver.Statement;
  readonly #columns: { names: string[]; types: string[] };
  readonly #returnsRows: boolean;
  #rowOf: ((values: Value[]) => Row) | undefined;

  constructor(driver: Driver.Database, text: string) {
    this.#statement = driver.prepare(text);
    const columns = this.#statement.columns();
    this.#columns = { names: columns.map(({ name }) => name), types: columns.map(({ type }) => type ?? '') };
    this.#returnsRows = this.#statement.reader;
    if (this.#returnsRows) this.#statement.raw();
  }

  /** The arguments by their places, all of them: one that is left out would be the one of the time before. */
  run(args: InArgs = []): CompiledResult {
    if (!Array.isArray(args)) throw new TypeError('Arguments are given by their places here, not by name.');
    const bound = args.map(toBound);
    if (this.#returnsRows) return this.#resultOf(this.#statement.all(bound) as Value[][], 0, undefined);
    const { changes, lastInsertRowid } = this.#statement.run(bound);
    return this.#resultOf([], changes, BigInt(lastInsertRowid));
  }

  /** How many rows changed is known only of a statement that returns none. */
  #resultOf(values: Value[][], rowsAffected: number, lastInsertRowid: bigint | undefined): CompiledResult {
    const { names: columns, types: columnTypes } = this.#columns;
    const named = () => values.map((this.#rowOf ??= rowMaker(columns)));
    let rows: Row[] | undefined;
    return {
      columns,
      columnTypes,
      values,
      get rows() {
        return (rows ??= named());
      },
      rowsAffected,
      lastInsertRowid,
      toJSON: () => values,
    };
  }
}

/** What the driver takes: a boolean would end the process. */
function toBound(value: InValue): InValue {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value === undefined) throw new TypeError('undefined is no value for a statement.');
  return value instanceof Date ? value.valueOf() : value;
}

/**
 * Makes rows as libSQL's client has them: each value by its place, and by its column's name, that of the first where
 * several bear it.
 */
function rowMaker(columns: readonly string[]): (values: Value[]) => Row {
  class CompiledRow {
    readonly #values: readonly Value[];
    [name: string]: unknown;

    static {
      for (const place of columns.keys()) {
        const get = function (this: CompiledRow) {
          return this.#values[place];
        };
        Object.defineProperty(this.prototype, place, { get });
      }
    }

    constructor(values: readonly Value[]) {
      this.#values = values;
      for (const [name, place] of named) this[name] = values[place];
    }

    get length() {
      return columns.length;
    }
  }
  const named = [...columns.entries()]
    .map(([place, name]) => [name, place] as const)
    .filter(([name, place]) => columns.indexOf(name) === place && !(name in CompiledRow.prototype));
  return (values) => new CompiledRow(values) as unknown as Row;
}
