import { mkdir, rm, utimes } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { BucketSettings } from '#lib/config/bucket';
import { notFound } from '#lib/core/errors';
import { checkKey } from './file-key.ts';
import { whereItExists } from './local-files.ts';
import { S3Bucket } from './s3-bucket.ts';
import { download, upload } from './s3-transfer.ts';
import { S3Workspace } from './s3-workspace.ts';
import { Scratch } from './scratch.ts';
import type { ByteRange, FileStat, FileStore, Workspace } from './store.ts';

const HOUR_MS = 60 * 60_000;
/** An upload in parts that is not done after this long, and what a sweep allows, has been broken off. */
const LONGEST_UPLOAD_MS = 24 * HOUR_MS;

/** The file store in a bucket of an S3-compatible service, with what is being worked on under a local `root`. */
export class S3Store implements FileStore {
  readonly #bucket: S3Bucket;
  readonly #scratch: Scratch;
  /** Folders of the workspaces that are open. */
  readonly #workspaces = new Set<string>();

  constructor(settings: BucketSettings, root: string) {
    this.#bucket = new S3Bucket(settings);
    this.#scratch = new Scratch(root);
  }

  async read(key: string, range?: ByteRange): Promise<Readable> {
    const object = await this.#bucket.get(checkKey(key), { range });
    if (!object) throw notFound('file');
    return object;
  }

  async stat(key: string): Promise<FileStat | null> {
    return this.#bucket.head(checkKey(key));
  }

  async writeAtomic(key: string, data: Uint8Array | AsyncIterable<Uint8Array>): Promise<void> {
    await this.#bucket.put(checkKey(key), data instanceof Uint8Array ? data : Readable.from(data));
  }

  temporaryPath(): Promise<string> {
    return this.#scratch.newPath();
  }

  async adopt(key: string, path: string): Promise<void> {
    await upload(this.#bucket, checkKey(key), path);
    await rm(path);
  }

  async takeOut(key: string): Promise<string | null> {
    const path = await this.temporaryPath();
    if (!(await download(this.#bucket, checkKey(key), path))) return null;
    await this.#bucket.delete(key);
    return path;
  }

  async remove(key: string): Promise<void> {
    await this.#bucket.delete(checkKey(key));
  }

  async removeTree(prefix: string): Promise<void> {
    await this.#bucket.deleteTree(checkKey(prefix));
  }

  folders(prefix: string): AsyncGenerator<string, void> {
    return this.#bucket.folders(checkKey(prefix));
  }

  async list(prefix: string): Promise<string[]> {
    return (await this.#bucket.keys(checkKey(prefix))).sort();
  }

  /** Also gives up uploads that were broken off. What this process works on counts as touched just now. */
  async sweep(olderThan: number): Promise<number> {
    const now = new Date();
    for (const folder of this.#workspaces) await whereItExists(utimes(folder, now, now));
    const local = await this.#scratch.sweep(olderThan);
    return local + (await this.#bucket.abortUploads(olderThan - LONGEST_UPLOAD_MS));
  }

  async openWorkspace(signal?: AbortSignal): Promise<Workspace> {
    const folder = await this.#scratch.newPath();
    await mkdir(folder);
    this.#workspaces.add(folder);
    const onClose = () => this.#workspaces.delete(folder);
    return new S3Workspace({ bucket: this.#bucket, root: folder, signal, onClose });
  }
}
