import type { Client, InArgs, InStatement, ResultSet } from '@libsql/client';
import Driver from 'libsql';
import { CompiledStatement } from './compiled-statement.ts';

interface FileOptions {
  path: string;
  /** Carried out on each connection before anything else. */
  pragmas: string;
  /** How long SQLite itself may hold up the process for a lock. */
  busyTimeoutMs: number;
}

type Statements = Parameters<Client['batch']>[0];

/** Statements kept compiled; the one used longest ago makes room. */
const MOST_STATEMENTS = 200;

/**
 * One connection to a database's file. libSQL's own client compiles a statement anew at each use, which takes longer than
 * to carry most of ours out; this keeps them. See docs/decisions/009-fast-statements.md.
 */
export class FileConnection implements Omit<Client, 'transaction'> {
  readonly protocol = 'file';
  closed = false;
  readonly #options: FileOptions;
  #driver: Driver.Database | undefined;
  readonly #statements = new Map<string, CompiledStatement>();
  /** How often the file has been opened. */
  #openings = 0;

  constructor(options: FileOptions) {
    this.#options = options;
  }

  async execute(statement: InStatement, args?: InArgs): Promise<ResultSet> {
    return typeof statement === 'string'
      ? this.#run(statement, args)
      : this.#run(statement.sql, statement.args);
  }

  async batch(statements: Statements): Promise<ResultSet[]> {
    return this.#inTransaction(statements);
  }

  /** A batch that looks away from foreign keys: to change a table may mean to drop it and put another in its place. */
  async migrate(statements: Statements): Promise<ResultSet[]> {
    this.#run('PRAGMA foreign_keys=OFF');
    try {
      return this.#inTransaction(statements);
    } finally {
      this.reconnect();
    }
  }

  async executeMultiple(text: string): Promise<void> {
    this.#connected().exec(text);
  }

  /**
   * A mark that is another after every commit, of this connection or of any other process: while it stays, nothing was
   * written. Looks at the head of the log and at no table.
   */
  mark(): string {
    const [row] = this.#run('SELECT data_version, total_changes() FROM pragma_data_version').rows;
    return `${this.#openings} ${row![0]} ${row![1]}`;
  }

  /** There is nothing to fetch from elsewhere. */
  async sync(): Promise<undefined> {}

  /** The next statement opens the file anew. */
  reconnect(): void {
    this.#statements.clear();
    this.#driver?.close();
    this.#driver = undefined;
  }

  close(): void {
    this.reconnect();
    this.closed = true;
  }

  #inTransaction(statements: Statements): ResultSet[] {
    this.#run('BEGIN IMMEDIATE');
    try {
      const results = statements.map((statement) => {
        if (typeof statement === 'string') return this.#run(statement);
        return Array.isArray(statement) ? this.#run(...statement) : this.#run(statement.sql, statement.args);
      });
      this.#run('COMMIT');
      return results;
    } catch (error) {
      if (this.#driver?.inTransaction) this.#run('ROLLBACK');
      throw error;
    }
  }

  #run(text: string, args?: InArgs): ResultSet {
    return this.#compiled(text).run(args);
  }

  #compiled(text: string): CompiledStatement {
    const statement = this.#statements.get(text) ?? new CompiledStatement(this.#connected(), text);
    // Set anew each time, so that the first of the map is the one used longest ago.
    this.#statements.delete(text);
    this.#statements.set(text, statement);
    if (this.#statements.size > MOST_STATEMENTS) {
      const [oldest] = this.#statements.keys();
      this.#statements.delete(oldest!);
    }
    return statement;
  }

  #connected(): Driver.Database {
    if (this.closed) throw new Error('The database is closed.');
    return (this.#driver ??= this.#connect());
  }

  #connect(): Driver.Database {
    const { path, pragmas, busyTimeoutMs } = this.#options;
    const driver = new Driver(path, { timeout: busyTimeoutMs });
    try {
      driver.exec(pragmas);
      this.#openings += 1;
      return driver;
    } catch (error) {
      driver.close();
      throw error;
    }
  }
}
