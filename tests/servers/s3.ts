import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { BucketSettings } from '../../lib/config/bucket.ts';
import { TestServer } from './test-server.ts';

/** Whether the server could be installed; tests that want one are skipped, and say so, otherwise. */
export const hasS3 = existsSync('tests/servers/node_modules/s3rver');

const PROGRAM = resolve('tests/servers/s3-process.mjs');
/** The only key that s3rver knows. */
const KEY = 'S3RVER';
const BUCKET = 'multiplane';

/** A real server that speaks S3, with one empty bucket. */
export class S3Server extends TestServer {
  #port = 0;

  static async start(): Promise<S3Server> {
    const server = new S3Server();
    await mkdir(join(server.folder, BUCKET));
    await server.restart();
    return server;
  }

  /** How a studio is told of it; `prefix` keeps one test's files from another's. */
  settings(prefix: string): BucketSettings {
    const endpoint = `http://127.0.0.1:${this.#port}`;
    const credentials = { accessKeyId: KEY, secretAccessKey: KEY };
    return { name: BUCKET, endpoint, region: 'us-east-1', credentials, prefix };
  }

  /** The same as environment variables, for another process. */
  environment(prefix: string): Record<string, string> {
    return {
      MULTIPLANE_S3_BUCKET: BUCKET,
      MULTIPLANE_S3_ENDPOINT: this.settings(prefix).endpoint!,
      MULTIPLANE_S3_ACCESS_KEY_ID: KEY,
      MULTIPLANE_S3_SECRET_ACCESS_KEY: KEY,
      MULTIPLANE_S3_PREFIX: prefix,
    };
  }

  override async restart(): Promise<void> {
    this.process = fork(PROGRAM, [this.folder, String(this.#port)], { execArgv: ['--no-deprecation'] });
    const [port] = await once(this.process, 'message');
    this.#port = port as number;
  }
}
