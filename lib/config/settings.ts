import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from '#lib/core/password-length';
import { bucketlessVariables, type BucketSettings, bucketVariables, toBucket } from './bucket.ts';
import { limitVariables, type Quotas, type RequestLimits, toQuotas, toRequestLimits } from './limits.ts';
import { pictureAddressVariables } from './pictures-by-address.ts';
import { type RetentionSettings, retentionVariables, toRetentionSettings } from './retention.ts';
import { count, flag, oneOf } from './variables.ts';
import { toWebSettings, type WebSettings, webVariables } from './web.ts';
import { toWorkerSettings, type WorkerSettings, workerVariables } from './worker.ts';

const MIB = 1024 * 1024;

/**
 * Most that a picture may have: `next.config.ts` fixes what a server action takes at 32 MB when the web process is built,
 * and the form around the picture needs its part of it.
 */
const MOST_UPLOAD_BYTES = 30 * MIB;

const DATABASE_ADDRESS_TAKES =
  'a file: address, such as file:///srv/multiplane.db, or that of a libSQL server, such as http://database:8080';

function isDatabaseAddress(value: string): boolean {
  return /^(file:|(libsql|https?|wss?):\/\/[^/])/.test(value) && URL.canParse(value);
}

const PASSWORD_TAKES = `${SHORTEST_PASSWORD} to ${LONGEST_PASSWORD} characters`;

const environmentSchema = z.object({
  PORT: count(3000, 1, 65_535),
  MULTIPLANE_HOST: z.string().default('127.0.0.1'),
  MULTIPLANE_DATA_DIR: z.string().default('data'),
  MULTIPLANE_DATABASE_URL: z.string().refine(isDatabaseAddress, DATABASE_ADDRESS_TAKES).optional(),
  MULTIPLANE_DATABASE_TOKEN: z.string().optional(),
  ...bucketVariables,
  ...limitVariables,
  ...retentionVariables,
  ...webVariables,
  ...workerVariables,
  MULTIPLANE_WEIGHTS_DIR: z.string().optional(),
  MULTIPLANE_WEIGHTS_MIRROR: z.string().optional(),
  MULTIPLANE_FETCH_WEIGHTS: flag.default(true),
  MULTIPLANE_ADMIN_EMAIL: z.email('an e-mail address').optional(),
  MULTIPLANE_ADMIN_PASSWORD: z
    .string()
    .min(SHORTEST_PASSWORD, PASSWORD_TAKES)
    .max(LONGEST_PASSWORD, PASSWORD_TAKES)
    .optional(),
  MULTIPLANE_REGISTRATION: flag.default(true),
  MULTIPLANE_TRUST_PROXY: count(0, 0, 10),
  MULTIPLANE_AUTH_SECRET: z.string().min(32, 'at least 32 characters').optional(),
  MULTIPLANE_MAX_UPLOAD_BYTES: count(10 * MIB, 1024, MOST_UPLOAD_BYTES),
  MULTIPLANE_BATCH_PICTURES: count(500, 1, 5_000),
  ...pictureAddressVariables,
  MULTIPLANE_WEBHOOKS_PRIVATE: flag.default(false),
  MULTIPLANE_DRILL: flag.default(false),
  MULTIPLANE_LOG_LEVEL: oneOf(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

/** Every setting of both processes, checked and with its default filled in. Paths are absolute. */
export interface Settings extends RetentionSettings, WebSettings, WorkerSettings {
  port: number;
  host: string;
  dataDir: string;
  databaseUrl: string;
  databaseToken: string | null;
  /** The files, or where a bucket holds them, what is being worked on. */
  filesDir: string;
  bucket: BucketSettings | null;
  weightsDir: string;
  weightsMirror: string | null;
  /** Whether workers fetch weights that a job lacks. */
  fetchWeights: boolean;
  admin: { email: string; password: string } | null;
  registrationOpen: boolean;
  /** How many proxies of the operator's a request comes through, each of which adds to `X-Forwarded-For`. */
  trustedProxies: number;
  authSecret: string | null;
  maxUploadBytes: number;
  /** Most pictures of one batch. */
  batchPictures: number;
  /** Hosts that pictures are fetched from besides Google's buckets, as `parsePictureAddress` takes them. */
  imageHosts: string[];
  /** Key file of the service account that reads private buckets. */
  gcsCredentials: string | null;
  limits: RequestLimits;
  quotas: Quotas;
  /** Whether webhooks may lead to private networks, and by http. */
  webhooksPrivate: boolean;
  /** Whether the pipeline without networks is there, with which an operator can rehearse the queue. */
  drillOffered: boolean;
  logLevel: string;
}

/** Read the environment; throws one error that lists every problem found. */
export function readSettings(environment: Record<string, string | undefined>): Settings {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => Boolean(value)));
  const parsed = environmentSchema.safeParse(given);
  const issues = parsed.error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];
  const problems = new Set([...issues, ...loneSettings(given)]);
  if (parsed.success && problems.size === 0) return toSettings(parsed.data);
  throw new Error(
    `These settings cannot be used:\n${[...problems].map((problem) => `  ${problem}`).join('\n')}`,
  );
}

const PAIRS = [
  ['MULTIPLANE_ADMIN_EMAIL', 'MULTIPLANE_ADMIN_PASSWORD', 'for the administrator'],
  ['MULTIPLANE_S3_ACCESS_KEY_ID', 'MULTIPLANE_S3_SECRET_ACCESS_KEY', 'for the bucket'],
  ['MULTIPLANE_ENHANCE_URL', 'MULTIPLANE_ENHANCE_MODEL', 'for better prompts'],
] as const;

/** Settings that mean nothing alone. Looked for apart from the schema, which would say so only if all else is right. */
function loneSettings(given: object): string[] {
  const halves = PAIRS.flatMap(([first, second, purpose]) => {
    const missing = [first, second].filter((name) => !(name in given));
    return missing.length === 1 ? [`${missing[0]}: needed ${purpose}; set both or neither`] : [];
  });
  const bucketless = bucketlessVariables(given).map((name) => `${name}: needs MULTIPLANE_S3_BUCKET`);
  return [...halves, ...bucketless];
}

function toSettings(env: z.output<typeof environmentSchema>): Settings {
  const dataDir = resolve(env.MULTIPLANE_DATA_DIR);
  const { MULTIPLANE_ADMIN_EMAIL: email, MULTIPLANE_ADMIN_PASSWORD: password } = env;
  return {
    port: env.PORT,
    host: env.MULTIPLANE_HOST,
    dataDir,
    databaseUrl: env.MULTIPLANE_DATABASE_URL ?? pathToFileURL(resolve(dataDir, 'multiplane.db')).href,
    databaseToken: env.MULTIPLANE_DATABASE_TOKEN ?? null,
    filesDir: resolve(dataDir, 'files'),
    bucket: toBucket(env),
    weightsDir: resolve(
      /* turbopackIgnore: true */ env.MULTIPLANE_WEIGHTS_DIR ?? resolve(dataDir, 'weights'),
    ),
    weightsMirror: env.MULTIPLANE_WEIGHTS_MIRROR ?? null,
    fetchWeights: env.MULTIPLANE_FETCH_WEIGHTS,
    admin: email && password ? { email, password } : null,
    registrationOpen: env.MULTIPLANE_REGISTRATION,
    trustedProxies: env.MULTIPLANE_TRUST_PROXY,
    authSecret: env.MULTIPLANE_AUTH_SECRET ?? null,
    maxUploadBytes: env.MULTIPLANE_MAX_UPLOAD_BYTES,
    batchPictures: env.MULTIPLANE_BATCH_PICTURES,
    imageHosts: env.MULTIPLANE_IMAGE_HOSTS,
    gcsCredentials: env.MULTIPLANE_GCS_CREDENTIALS
      ? resolve(/* turbopackIgnore: true */ env.MULTIPLANE_GCS_CREDENTIALS)
      : null,
    ...toRetentionSettings(env),
    ...toWebSettings(env),
    ...toWorkerSettings(env),
    limits: toRequestLimits(env),
    quotas: toQuotas(env),
    webhooksPrivate: env.MULTIPLANE_WEBHOOKS_PRIVATE,
    drillOffered: env.MULTIPLANE_DRILL,
    logLevel: env.MULTIPLANE_LOG_LEVEL,
  };
}

let current: Settings | undefined;

/** This process's settings, read once. */
export function settings(): Settings {
  current ??= readSettings(process.env);
  return current;
}
