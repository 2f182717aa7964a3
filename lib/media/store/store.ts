import type { Readable } from 'node:stream';

/** Bytes `start` to `end`, both included, counted from 0. */
export interface ByteRange {
  start: number;
  end: number;
}

export interface FileStat {
  sizeBytes: number;
  /** Epoch milliseconds. */
  modifiedAt: number;
}

/**
 * Where files lie. Keys are strings of our own making (see `file-key.ts`), such as `uploads/ab/<sha256>` and
 * `jobs/<jobId>/<fence>/<stage>/<name>`; every method throws a plain Error on anything else.
 */
export interface FileStore {
  /** The bytes as a stream that owns its file handle. Throws AppError `not_found`. */
  read(key: string, range?: ByteRange): Promise<Readable>;
  /** Size and age, or null where there is no such file. */
  stat(key: string): Promise<FileStat | null>;
  /** Write a whole file: it is there complete and on the disk, or not at all. Replaces one of the same key. */
  writeAtomic(key: string, data: Uint8Array | AsyncIterable<Uint8Array>): Promise<void>;
  /** A new path for a local temporary file that `adopt` can take without copying. Its maker removes it. */
  temporaryPath(): Promise<string>;
  /** Move a finished local file to a key. Replaces one of the same key. */
  adopt(key: string, path: string): Promise<void>;
  /** Move a file out of the store to a new temporary path; null where there is none. `adopt` puts it back. */
  takeOut(key: string): Promise<string | null>;
  /** Remove a file; nothing happens where there is none. */
  remove(key: string): Promise<void>;
  /** Remove everything under a folder of keys. */
  removeTree(prefix: string): Promise<void>;
  /** Names of the folders directly under a folder, in any order; there may be a great many. */
  folders(prefix: string): AsyncGenerator<string, void>;
  /** Every key under a folder, sorted. */
  list(prefix: string): Promise<string[]>;
  /** Remove temporary files that a process left when it died, older than an epoch millisecond. Returns how many. */
  sweep(olderThan: number): Promise<number>;
  /**
   * Room on this machine for programs that work with paths. Whoever opens it closes it. Once the signal is aborted, nothing
   * in it waits for the store any longer.
   */
  openWorkspace(signal?: AbortSignal): Promise<Workspace>;
}

/** Stored files as files of this machine, for one piece of work. Its paths hold until it is closed. */
export interface Workspace {
  /** The path of a stored file, to be read alone. Throws AppError `not_found`. */
  materialize(key: string): Promise<string>;
  /** The path of a folder of keys: what was materialized or is to be published lies in it. It need not exist. */
  folder(prefix: string): string;
  /**
   * Store files that were written into the folder. Once this returns, they are there for every process, and outlast a
   * loss of power; before, nobody may rely on any of them.
   */
  publish(prefix: string, names: string[]): Promise<void>;
  /** Remove everything under a folder of keys, here and in the store. */
  removeTree(prefix: string): Promise<void>;
  /** Let go of what this machine holds for the work alone. What was published stays. */
  close(): Promise<void>;
}
