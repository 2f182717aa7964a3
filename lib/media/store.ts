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
  /** Names of the folders directly under a folder. */
  folders(prefix: string): Promise<string[]>;
  /** Every key under a folder, sorted. */
  list(prefix: string): Promise<string[]>;
  /** Remove temporary files that a process left when it died, older than an epoch millisecond. Returns how many. */
  sweep(olderThan: number): Promise<number>;
  /** A path at which a program on this machine can open the file or folder. It need not exist. */
  localPath(key: string): string;
}
