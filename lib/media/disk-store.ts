import type { Dirent } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import type { Readable } from 'node:stream';
import { AppError, notFound } from '#lib/core/errors';
import { newId } from '#lib/core/ids';
import { checkKey } from './file-key.ts';
import type { ByteRange, FileStat, FileStore } from './store.ts';

/** Holds files that are not finished. No key can name it, because no segment of a key begins with a dot. */
const INCOMING = '.incoming';

const READ_CHUNK_BYTES = 256 * 1024;

/** The file store on this machine's disk, with everything under `root`. */
export class DiskStore implements FileStore {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  localPath(key: string): string {
    return join(this.#root, checkKey(key));
  }

  async read(key: string, range?: ByteRange): Promise<Readable> {
    const file = await whereItExists(open(this.localPath(key), 'r'));
    if (!file) throw notFound('file');
    return file.createReadStream({ ...range, highWaterMark: READ_CHUNK_BYTES });
  }

  async stat(key: string): Promise<FileStat | null> {
    const found = await whereItExists(stat(this.localPath(key)));
    return found?.isFile() ? { sizeBytes: found.size, modifiedAt: found.mtimeMs } : null;
  }

  async writeAtomic(key: string, data: Uint8Array | AsyncIterable<Uint8Array>): Promise<void> {
    const target = this.localPath(key);
    const temporary = await this.temporaryPath();
    try {
      await writeFile(temporary, data, { flag: 'wx', flush: true });
      await moveInto(temporary, target);
    } catch (error) {
      await rm(temporary, { force: true });
      throw storageError(error);
    }
  }

  async temporaryPath(): Promise<string> {
    const folder = join(this.#root, INCOMING);
    await mkdir(folder, { recursive: true });
    return join(folder, newId());
  }

  async adopt(key: string, path: string): Promise<void> {
    const target = this.localPath(key);
    await syncPath(path);
    await moveInto(path, target);
  }

  async takeOut(key: string): Promise<string | null> {
    const path = await this.temporaryPath();
    return whereItExists(rename(this.localPath(key), path).then(() => path));
  }

  async remove(key: string): Promise<void> {
    await rm(this.localPath(key), { force: true });
  }

  async removeTree(prefix: string): Promise<void> {
    await rm(this.localPath(prefix), { recursive: true, force: true });
  }

  async folders(prefix: string): Promise<string[]> {
    const entries = await whereItExists(readdir(this.localPath(prefix), { withFileTypes: true }));
    return (entries ?? []).filter((entry) => entry.isDirectory()).map(({ name }) => name);
  }

  async list(prefix: string): Promise<string[]> {
    const entries = await whereItExists(
      readdir(this.localPath(prefix), { recursive: true, withFileTypes: true }),
    );
    return (entries ?? [])
      .filter((entry) => entry.isFile())
      .map((entry) => this.#keyOf(entry))
      .sort();
  }

  async sweep(olderThan: number): Promise<number> {
    const folder = join(this.#root, INCOMING);
    let removed = 0;
    for (const name of (await whereItExists(readdir(folder))) ?? []) {
      const path = join(folder, name);
      const found = await whereItExists(stat(path));
      if (!found || found.ctimeMs >= olderThan) continue;
      await rm(path, { force: true });
      removed++;
    }
    return removed;
  }

  #keyOf(entry: Dirent): string {
    return relative(this.#root, join(entry.parentPath, entry.name)).split(sep).join('/');
  }
}

/** The result, or null where there is no such file or folder. */
async function whereItExists<T>(operation: Promise<T>): Promise<T | null> {
  try {
    return await operation;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Rename, and make the folder's new entry last through a loss of power. */
async function moveInto(path: string, target: string): Promise<void> {
  const folder = dirname(target);
  await mkdir(folder, { recursive: true });
  await rename(path, target);
  await syncPath(folder);
}

async function syncPath(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A full disk as AppError `storage_full`; anything else as it is. */
export function storageError(error: unknown): unknown {
  const { code } = (error ?? {}) as NodeJS.ErrnoException;
  if (code !== 'ENOSPC' && code !== 'EDQUOT') return error;
  return new AppError('storage_full', 'There is no room left to store this.', {
    suggestion: 'Delete finished jobs, or ask the operator for more space.',
    cause: error,
  });
}
