import { z } from 'zod';

/** A bucket of an S3-compatible store, which holds the files in place of this machine's disk. */
export interface BucketSettings {
  name: string;
  /** Address of the store; null is Amazon's own. */
  endpoint: string | null;
  region: string;
  /** Null leaves it to the places where Amazon's tools look: variables, profiles, the machine's role. */
  credentials: { accessKeyId: string; secretAccessKey: string } | null;
  /** Folder of the bucket that is ours, without slashes at its ends; '' is all of it. */
  prefix: string;
}

const BUCKET_NAME = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const PREFIX = /^[A-Za-z0-9][A-Za-z0-9._-]*(\/[A-Za-z0-9][A-Za-z0-9._-]*)*$/;

export const bucketVariables = {
  MULTIPLANE_S3_BUCKET: z.string().regex(BUCKET_NAME, 'the name of a bucket').optional(),
  MULTIPLANE_S3_ENDPOINT: z
    .url({ protocol: /^https?$/, error: 'an http: or https: address, such as http://store:9000' })
    .optional(),
  MULTIPLANE_S3_REGION: z.string().default('us-east-1'),
  MULTIPLANE_S3_ACCESS_KEY_ID: z.string().optional(),
  MULTIPLANE_S3_SECRET_ACCESS_KEY: z.string().optional(),
  MULTIPLANE_S3_PREFIX: z
    .string()
    .regex(PREFIX, 'folders of letters, digits, dots, dashes and underscores, joined by /')
    .optional(),
};

const variables = z.object(bucketVariables);

/** The bucket that the variables name; null where the files lie on this machine. */
export function toBucket(env: z.output<typeof variables>): BucketSettings | null {
  const { MULTIPLANE_S3_ACCESS_KEY_ID: accessKeyId, MULTIPLANE_S3_SECRET_ACCESS_KEY: secretAccessKey } = env;
  if (!env.MULTIPLANE_S3_BUCKET) return null;
  return {
    name: env.MULTIPLANE_S3_BUCKET,
    endpoint: env.MULTIPLANE_S3_ENDPOINT ?? null,
    region: env.MULTIPLANE_S3_REGION,
    credentials: accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey } : null,
    prefix: env.MULTIPLANE_S3_PREFIX ?? '',
  };
}

/** Variables that say something about a bucket where none is named. */
export function bucketlessVariables(given: object): string[] {
  if ('MULTIPLANE_S3_BUCKET' in given) return [];
  return Object.keys(bucketVariables).filter((name) => name in given);
}
