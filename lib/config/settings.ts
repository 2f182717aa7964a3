import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from '#lib/core/password-length';

const MIB = 1024 * 1024;

/**
 * Most that a picture may have: `next.config.ts` fixes what a server action takes at 32 MB when the web process is built,
 * and the form around the picture needs its part of it.
 */
const MOST_UPLOAD_BYTES = 30 * MIB;

/* What a setting takes is said in the same words whatever is wrong with it. */
const flag = z
  .enum(['true', 'false', '1', '0', 'on', 'off'], 'true or false (also 1 or 0, on or off)')
  .transform((value) => value === 'true' || value === '1' || value === 'on');
const oneOf = <const Values extends readonly string[]>(values: Values) =>
  z.enum(values, `one of ${values.join(', ')}`);
const count = (fallback: number, min = 1, max = Number.MAX_SAFE_INTEGER) => {
  const open = max === Number.MAX_SAFE_INTEGER;
  const takes = open ? `a whole number, at least ${min}` : `a whole number from ${min} to ${max}`;
  return z.coerce.number(takes).int(takes).min(min, takes).max(max, takes).default(fallback);
};

const PASSWORD_TAKES = `${SHORTEST_PASSWORD} to ${LONGEST_PASSWORD} characters`;

const environmentSchema = z.object({
  PORT: count(3000, 1, 65_535),
  MULTIPLANE_HOST: z.string().default('127.0.0.1'),
  MULTIPLANE_DATA_DIR: z.string().default('data'),
  MULTIPLANE_DATABASE_URL: z
    .string()
    .startsWith('file:', 'a file: address, such as file:///srv/multiplane.db')
    .optional(),
  MULTIPLANE_WEIGHTS_DIR: z.string().optional(),
  MULTIPLANE_WEIGHTS_MIRROR: z.string().optional(),
  MULTIPLANE_ADMIN_EMAIL: z.email('an e-mail address').optional(),
  MULTIPLANE_ADMIN_PASSWORD: z
    .string()
    .min(SHORTEST_PASSWORD, PASSWORD_TAKES)
    .max(LONGEST_PASSWORD, PASSWORD_TAKES)
    .optional(),
  MULTIPLANE_REGISTRATION: flag.default(true),
  MULTIPLANE_AUTH_SECRET: z.string().min(32, 'at least 32 characters').optional(),
  MULTIPLANE_PROVIDER: oneOf(['auto', 'cpu', 'webgpu', 'cuda']).default('auto'),
  MULTIPLANE_CONCURRENCY: count(1, 1, 64),
  MULTIPLANE_MAX_UPLOAD_BYTES: count(10 * MIB, 1024, MOST_UPLOAD_BYTES),
  MULTIPLANE_MAX_ATTEMPTS: count(3, 1, 25),
  MULTIPLANE_POLL_MS: count(1_000, 10),
  MULTIPLANE_LEASE_MS: count(15_000, 400),
  MULTIPLANE_CANCEL_GRACE_MS: count(1_000, 0, 1_500),
  MULTIPLANE_DRAIN_MS: count(10_000, 0),
  MULTIPLANE_STAGE_TIMEOUT_MS: count(15 * 60_000, 1_000),
  MULTIPLANE_LOG_LEVEL: oneOf(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

/** Every setting of both processes, checked and with its default filled in. Paths are absolute. */
export interface Settings {
  port: number;
  host: string;
  dataDir: string;
  databaseUrl: string;
  filesDir: string;
  weightsDir: string;
  weightsMirror: string | null;
  admin: { email: string; password: string } | null;
  registrationOpen: boolean;
  authSecret: string | null;
  provider: 'auto' | 'cpu' | 'webgpu' | 'cuda';
  /** Jobs that run at once on one device. */
  concurrency: number;
  maxUploadBytes: number;
  maxAttempts: number;
  /** How often an idle worker looks for work that it was not nudged for. */
  pollMs: number;
  leaseMs: number;
  /** How long a cancelled run may take to stop by itself before its runner is killed. */
  cancelGraceMs: number;
  /** How long a stopping worker lets its jobs run on before it interrupts them. */
  drainMs: number;
  /** How long a stage may go without progress before it counts as stuck. */
  stageTimeoutMs: number;
  logLevel: string;
}

/** Read the environment; throws one error that lists every problem found. */
export function readSettings(environment: Record<string, string | undefined>): Settings {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => Boolean(value)));
  const parsed = environmentSchema.safeParse(given);
  const issues = parsed.error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];
  const problems = new Set([...issues, ...halfPairs(given)]);
  if (parsed.success && problems.size === 0) return toSettings(parsed.data);
  throw new Error(
    `These settings cannot be used:\n${[...problems].map((problem) => `  ${problem}`).join('\n')}`,
  );
}

/** Settings that mean nothing alone. Looked for apart from the schema, which would say so only if all else is right. */
function halfPairs(given: object): string[] {
  const pair = ['MULTIPLANE_ADMIN_EMAIL', 'MULTIPLANE_ADMIN_PASSWORD'] as const;
  const missing = pair.filter((name) => !(name in given));
  return missing.length === 1 ? [`${missing[0]}: needed for the administrator; set both or neither`] : [];
}

function toSettings(env: z.output<typeof environmentSchema>): Settings {
  const dataDir = resolve(env.MULTIPLANE_DATA_DIR);
  const { MULTIPLANE_ADMIN_EMAIL: email, MULTIPLANE_ADMIN_PASSWORD: password } = env;
  return {
    port: env.PORT,
    host: env.MULTIPLANE_HOST,
    dataDir,
    databaseUrl: env.MULTIPLANE_DATABASE_URL ?? pathToFileURL(resolve(dataDir, 'multiplane.db')).href,
    filesDir: resolve(dataDir, 'files'),
    weightsDir: resolve(
      /* turbopackIgnore: true */ env.MULTIPLANE_WEIGHTS_DIR ?? resolve(dataDir, 'weights'),
    ),
    weightsMirror: env.MULTIPLANE_WEIGHTS_MIRROR ?? null,
    admin: email && password ? { email, password } : null,
    registrationOpen: env.MULTIPLANE_REGISTRATION,
    authSecret: env.MULTIPLANE_AUTH_SECRET ?? null,
    provider: env.MULTIPLANE_PROVIDER,
    concurrency: env.MULTIPLANE_CONCURRENCY,
    maxUploadBytes: env.MULTIPLANE_MAX_UPLOAD_BYTES,
    maxAttempts: env.MULTIPLANE_MAX_ATTEMPTS,
    pollMs: env.MULTIPLANE_POLL_MS,
    leaseMs: env.MULTIPLANE_LEASE_MS,
    cancelGraceMs: env.MULTIPLANE_CANCEL_GRACE_MS,
    drainMs: env.MULTIPLANE_DRAIN_MS,
    stageTimeoutMs: env.MULTIPLANE_STAGE_TIMEOUT_MS,
    logLevel: env.MULTIPLANE_LOG_LEVEL,
  };
}

let current: Settings | undefined;

/** This process's settings, read once. */
export function settings(): Settings {
  current ??= readSettings(process.env);
  return current;
}
