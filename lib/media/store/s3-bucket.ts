import type { Readable } from 'node:stream';
import type { BucketSettings } from '#lib/config/bucket';
import { rememberSuccess } from '#lib/core/remember-success';
import { isMissing, isUnknownRequest, s3Error } from './s3-errors.ts';
import type { ByteRange, FileStat } from './store.ts';

const CONNECT_WITHIN_MS = 5_000;
/** How long an open connection may be silent. */
const LONGEST_SILENCE_MS = 60_000;
/** One request for each: not every store knows the one that deletes many. */
const DELETES_AT_ONCE = 16;

interface GetOptions {
  range?: ByteRange;
  signal?: AbortSignal;
}

type Sdk = Awaited<ReturnType<typeof loadSdk>>;

/**
 * The objects of a bucket, by keys of ours. Every method throws AppError `unavailable` or `storage_full`, and whatever
 * else the store answers as the SDK's own error. The SDK is loaded with the first request: a studio that keeps its files
 * on a disk never loads it.
 */
export class S3Bucket {
  readonly #bucket: string;
  readonly #root: string;
  readonly #sdk: () => Promise<Sdk>;

  constructor(settings: BucketSettings) {
    this.#bucket = settings.name;
    this.#root = settings.prefix && `${settings.prefix}/`;
    this.#sdk = rememberSuccess(() => loadSdk(settings));
  }

  /** Null where there is no such object. */
  head(key: string): Promise<FileStat | null> {
    return this.#find(async ({ client }) => {
      const { ContentLength, LastModified } = await client.headObject(this.#at(key));
      return { sizeBytes: ContentLength ?? 0, modifiedAt: LastModified?.getTime() ?? 0 };
    });
  }

  /** Null where there is no such object. */
  get(key: string, { range, signal }: GetOptions = {}): Promise<Readable | null> {
    const part = range && { Range: `bytes=${range.start}-${range.end}` };
    return this.#find(async ({ client }) => {
      const { Body } = await client.getObject({ ...this.#at(key), ...part }, { abortSignal: signal });
      return Body as Readable;
    });
  }

  /** It is there complete, in place of one of the same key, or not at all. Rejects with the body's error where that has one. */
  async put(key: string, body: Uint8Array | Readable, signal?: AbortSignal): Promise<void> {
    await this.#ask(async ({ client, Upload }) => {
      const params = { ...this.#at(key), Body: body };
      // The SDK would give up the parts itself, and where that fails, reject with that.
      const upload = new Upload({ client, params, leavePartsOnError: true });
      const stop = () => void upload.abort();
      signal?.addEventListener('abort', stop);
      try {
        signal?.throwIfAborted();
        await upload.done();
      } catch (error) {
        const { uploadId: UploadId } = upload;
        if (UploadId) client.abortMultipartUpload({ ...this.#at(key), UploadId }).catch(() => undefined);
        throw error;
      } finally {
        signal?.removeEventListener('abort', stop);
      }
    });
  }

  /** Nothing happens where there is none. */
  async delete(key: string): Promise<void> {
    await this.#ask(({ client }) => client.deleteObject(this.#at(key)));
  }

  /** Remove every object under a folder of keys. */
  async deleteTree(folder: string): Promise<void> {
    const keys = await this.keys(folder);
    while (keys.length > 0) {
      await Promise.all(keys.splice(0, DELETES_AT_ONCE).map((key) => this.delete(key)));
    }
  }

  /** Every key under a folder of keys. */
  async keys(folder: string): Promise<string[]> {
    const keys: string[] = [];
    for await (const { Contents = [] } of this.#pages(folder)) {
      keys.push(...Contents.map(({ Key }) => Key!.slice(this.#root.length)));
    }
    return keys;
  }

  /** Names of the folders directly under a folder of keys. */
  async *folders(folder: string): AsyncGenerator<string, void> {
    for await (const { CommonPrefixes = [] } of this.#pages(folder, '/')) {
      for (const { Prefix } of CommonPrefixes) yield Prefix!.split('/').at(-2)!;
    }
  }

  /** Give up uploads that were begun before an epoch millisecond and never finished. Returns how many. */
  abortUploads(begunBefore: number): Promise<number> {
    return this.#ask(async ({ client }) => {
      const where = { Bucket: this.#bucket, Prefix: this.#root };
      const { Uploads = [] } = await client.listMultipartUploads(where).catch(noneIfUnknown);
      const stale = Uploads.filter(({ Initiated }) => Initiated && Initiated.getTime() < begunBefore);
      for (const { Key, UploadId } of stale) {
        await client.abortMultipartUpload({ Bucket: this.#bucket, Key, UploadId });
      }
      return stale.length;
    });
  }

  async *#pages(folder: string, delimiter?: string) {
    const { Bucket, Key } = this.#at(folder);
    const { client, paginateListObjectsV2 } = await this.#sdk();
    try {
      yield* paginateListObjectsV2({ client }, { Bucket, Prefix: `${Key}/`, Delimiter: delimiter });
    } catch (error) {
      throw s3Error(error);
    }
  }

  #at(key: string): { Bucket: string; Key: string } {
    return { Bucket: this.#bucket, Key: this.#root + key };
  }

  #find<T>(request: (sdk: Sdk) => Promise<T>): Promise<T | null> {
    return this.#ask((sdk) => request(sdk).catch(nullIfMissing));
  }

  async #ask<T>(request: (sdk: Sdk) => Promise<T>): Promise<T> {
    const sdk = await this.#sdk();
    try {
      return await request(sdk);
    } catch (error) {
      throw s3Error(error);
    }
  }
}

async function loadSdk({ endpoint, region, credentials }: BucketSettings) {
  const { S3, paginateListObjectsV2 } = await import('@aws-sdk/client-s3');
  const { Upload } = await import('@aws-sdk/lib-storage');
  const client = new S3({
    region,
    ...(endpoint && { endpoint, forcePathStyle: true }),
    ...(credentials && { credentials }),
    // Checksums that only some of the S3-compatible stores understand.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: {
      connectionTimeout: CONNECT_WITHIN_MS,
      socketTimeout: LONGEST_SILENCE_MS,
      // A file that is being read out keeps its connection, and who has to wait for one takes the store to be down.
      httpAgent: { keepAlive: true, maxSockets: Number.POSITIVE_INFINITY },
      httpsAgent: { keepAlive: true, maxSockets: Number.POSITIVE_INFINITY },
    },
  });
  return { client, Upload, paginateListObjectsV2 };
}

function nullIfMissing(error: unknown): null {
  if (isMissing(error)) return null;
  throw error;
}

/** Not every S3-compatible store can say what is being uploaded. */
function noneIfUnknown(error: unknown): { Uploads?: undefined } {
  if (isUnknownRequest(error)) return {};
  throw error;
}
