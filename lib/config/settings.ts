import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';

const MIB = 1024 * 1024;

const flag = z
  .enum(['true', 'false', '1', '0', 'on', 'off'])
  .transform((value) => value === 'true' || value === '1' || value === 'on');
const count = (fallback: number, min = 1, max = Number.MAX_SAFE_INTEGER) =>
  z.coerce.number().int().min(min).max(max).default(fallback);

const environmentSchema = z.object({
  PORT: count(3000, 0, 65535),
  MULTIPLANE_HOST: z.string().default('127.0.0.1'),
  MULTIPLANE_DATA_DIR: z.string().default('data'),
  MULTIPLANE_DATABASE_URL: z.string().optional(),
  MULTIPLANE_WEIGHTS_DIR: z.string().optional(),
  MULTIPLANE_WEIGHTS_MIRROR: z.string().optional(),
  MULTIPLANE_ADMIN_EMAIL: z.email().optional(),
  MULTIPLANE_ADMIN_PASSWORD: z.string().min(10).max(200).optional(),
  MULTIPLANE_REGISTRATION: flag.default(true),
  MULTIPLANE_AUTH_SECRET: z.string().min(32).optional(),
  MULTIPLANE_PROVIDER: z.enum(['auto', 'cpu', 'webgpu', 'cuda']).default('auto'),
  MULTIPLANE_CONCURRENCY: count(1, 1, 64),
  MULTIPLANE_MAX_UPLOAD_BYTES: count(10 * MIB, 1024),
  MULTIPLANE_MAX_ATTEMPTS: count(3, 1, 25),
  MULTIPLANE_POLL_MS: count(1_000, 10),
  MULTIPLANE_LEASE_MS: count(15_000, 400),
  MULTIPLANE_CANCEL_GRACE_MS: count(1_000, 0, 1_500),
  MULTIPLANE_DRAIN_MS: count(10_000, 0),
  MULTIPLANE_STAGE_TIMEOUT_MS: count(15 * 60_000, 1_000),
  MULTIPLANE_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
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
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = environmentSchema.safeParse(given);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`These settings cannot be used:\n${problems.join('\n')}`);
  }
  return toSettings(parsed.data);
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
