import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { newId } from '#lib/core/ids';
import { whereItExists } from './local-files.ts';

/** Holds what is not finished. No key can name it, because no segment of a key begins with a dot. */
const INCOMING = '.incoming';

/** The place of a store on this machine for files and folders that are nobody's yet. */
export class Scratch {
  readonly #folder: string;

  constructor(root: string) {
    this.#folder = join(root, INCOMING);
  }

  /** A path where there is nothing yet. */
  async newPath(): Promise<string> {
    await mkdir(this.#folder, { recursive: true });
    return join(this.#folder, newId());
  }

  /** Remove what was last touched before an epoch millisecond. Returns how many files and folders. */
  async sweep(olderThan: number): Promise<number> {
    let removed = 0;
    for (const name of (await whereItExists(readdir(this.#folder))) ?? []) {
      const path = join(this.#folder, name);
      const found = await whereItExists(stat(path));
      if (!found || found.ctimeMs >= olderThan) continue;
      await rm(path, { recursive: true, force: true });
      removed++;
    }
    return removed;
  }
}
