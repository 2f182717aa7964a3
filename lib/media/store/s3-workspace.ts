import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { notFound } from '#lib/core/errors';
import { newId } from '#lib/core/ids';
import { checkKey } from './file-key.ts';
import type { S3Bucket } from './s3-bucket.ts';
import { download, upload } from './s3-transfer.ts';
import type { Workspace } from './store.ts';

interface Options {
  bucket: S3Bucket;
  /** An empty folder, which goes when the workspace is closed. */
  root: string;
  signal: AbortSignal | undefined;
  onClose(): void;
}

/** A local folder that has the layout of the bucket, and of its objects those that were asked for or made here. */
export class S3Workspace implements Workspace {
  readonly #bucket: S3Bucket;
  readonly #root: string;
  readonly #signal: AbortSignal | undefined;
  readonly #onClose: () => void;

  constructor({ bucket, root, signal, onClose }: Options) {
    this.#bucket = bucket;
    this.#root = root;
    this.#signal = signal;
    this.#onClose = onClose;
  }

  /** Fetched once: what lies under a key does not change. */
  async materialize(key: string): Promise<string> {
    const path = this.folder(key);
    if (existsSync(path)) return path;
    const unfinished = join(this.#root, `.${newId()}`);
    if (!(await download(this.#bucket, key, unfinished, this.#signal))) throw notFound('file');
    await mkdir(dirname(path), { recursive: true });
    await rename(unfinished, path);
    return path;
  }

  folder(prefix: string): string {
    return join(this.#root, checkKey(prefix));
  }

  async publish(prefix: string, names: string[]): Promise<void> {
    const folder = this.folder(prefix);
    for (const name of names) {
      await upload(this.#bucket, `${prefix}/${name}`, join(folder, name), this.#signal);
    }
  }

  async removeTree(prefix: string): Promise<void> {
    await rm(this.folder(prefix), { recursive: true, force: true });
    await this.#bucket.deleteTree(prefix);
  }

  async close(): Promise<void> {
    this.#onClose();
    await rm(this.#root, { recursive: true, force: true });
  }
}
