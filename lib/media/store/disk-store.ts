import type { Dirent } from 'node:fs';
import { mkdir, open, opendir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { Readable } from 'node:stream';
import { notFound } from '#lib/core/errors';
import { checkKey } from './file-key.ts';
import { storageError, whereItExists } from './local-files.ts';
import { Scratch } from './scratch.ts';
import type { ByteRange, FileStat, FileStore, Workspace } from './store.ts';

const READ_CHUNK_BYTES = 256 * 1024;

/** The file store on this machine's disk, with everything under `root`. */
export class DiskStore implements FileStore {
  readonly #root: string;
  readonly #scratch: Scratch;

  constructor(root: string) {
    this.#root = resolve(root);
    this.#scratch = new Scratch(this.#root);
  }

  async read(key: string, range?: ByteRange): Promise<Readable> {
    const file = await whereItExists(open(this.#pathOf(key), 'r'));
    if (!file) throw notFound('file');
    return file.createReadStream({ ...range, highWaterMark: READ_CHUNK_BYTES });
  }

  async stat(key: string): Promise<FileStat | null> {
    const found = await whereItExists(stat(this.#pathOf(key)));
    return found?.isFile() ? { sizeBytes: found.size, modifiedAt: found.mtimeMs } : null;
  }

  async writeAtomic(key: string, data: Uint8Array | AsyncIterable<Uint8Array>): Promise<void> {
    const target = this.#pathOf(key);
    const temporary = await this.temporaryPath();
    try {
      await writeFile(temporary, data, { flag: 'wx', flush: true });
      await this.#moveInto(temporary, target);
    } catch (error) {
      await rm(temporary, { force: true });
      throw storageError(error);
    }
  }

  temporaryPath(): Promise<string> {
    return this.#scratch.newPath();
  }

  async adopt(key: string, path: string): Promise<void> {
    const target = this.#pathOf(key);
    await syncPath(path);
    await this.#moveInto(path, target);
  }

  async takeOut(key: string): Promise<string | null> {
    const path = await this.temporaryPath();
    return whereItExists(rename(this.#pathOf(key), path).then(() => path));
  }

  async remove(key: string): Promise<void> {
    await rm(this.#pathOf(key), { force: true });
  }

  async removeTree(prefix: string): Promise<void> {
    await rm(this.#pathOf(prefix), { recursive: true, force: true });
  }

  async *folders(prefix: string): AsyncGenerator<string, void> {
    const entries = await whereItExists(opendir(this.#pathOf(prefix), { bufferSize: 1_000 }));
    for await (const entry of entries ?? []) if (entry.isDirectory()) yield entry.name;
  }

  async list(prefix: string): Promise<string[]> {
    const entries = await whereItExists(
      readdir(this.#pathOf(prefix), { recursive: true, withFileTypes: true }),
    );
    return (entries ?? [])
      .filter((entry) => entry.isFile())
      .map((entry) => this.#keyOf(entry))
      .sort();
  }

  sweep(olderThan: number): Promise<number> {
    return this.#scratch.sweep(olderThan);
  }

  /** Programs of this machine work on the stored files themselves. */
  openWorkspace(): Promise<Workspace> {
    return Promise.resolve({
      materialize: async (key) => {
        if (!(await this.stat(key))) throw notFound('file');
        return this.#pathOf(key);
      },
      folder: (prefix) => this.#pathOf(prefix),
      publish: async (prefix, names) => {
        for (const name of names) await syncPath(this.#pathOf(`${prefix}/${name}`));
        await this.#syncFolders(this.#pathOf(prefix));
      },
      removeTree: (prefix) => this.removeTree(prefix),
      close: () => Promise.resolve(),
    });
  }

  #pathOf(key: string): string {
    return join(this.#root, checkKey(key));
  }

  #keyOf(entry: Dirent): string {
    return relative(this.#root, join(entry.parentPath, entry.name)).split(sep).join('/');
  }

  /** Rename, and make it last. */
  async #moveInto(path: string, target: string): Promise<void> {
    const folder = dirname(target);
    await mkdir(folder, { recursive: true });
    await rename(path, target);
    await this.#syncFolders(folder);
  }

  /** Make a folder's entries last through a loss of power, and with them the folders on the way to it. */
  async #syncFolders(folder: string): Promise<void> {
    await syncPath(folder);
    if (folder !== this.#root) await this.#syncFolders(dirname(folder));
  }
}

async function syncPath(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
