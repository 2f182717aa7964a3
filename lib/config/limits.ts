import { z } from 'zod';
import { count } from './variables.ts';

const limit = (fallback: number) => count(fallback, 0);

export const limitVariables = {
  MULTIPLANE_LIMIT_WEB_HOUR: limit(500),
  MULTIPLANE_LIMIT_API_HOUR: limit(500),
  MULTIPLANE_LIMIT_API_DAY: limit(2_000),
  MULTIPLANE_LIMIT_READS_HOUR: limit(20_000),
  MULTIPLANE_LIMIT_ENHANCE_MINUTE: limit(10),
  MULTIPLANE_LIMIT_SIGN_IN_MINUTE: limit(20),
  MULTIPLANE_OWNER_PENDING_JOBS: limit(1_000),
  MULTIPLANE_OWNER_JOBS_A_DAY: limit(0),
  MULTIPLANE_OWNER_BYTES: limit(0),
  MULTIPLANE_QUEUE_JOBS: limit(100_000),
};

/** How many requests are taken in a time; 0 is any number. See docs/decisions/025-limits-and-quotas.md. */
export interface RequestLimits {
  /** Requests of a person at the dashboard that change something. */
  webHour: number;
  /** The same of an API key, unless it has numbers of its own. */
  apiHour: number;
  apiDay: number;
  /** Requests of either that only read. */
  readsHour: number;
  enhanceMinute: number;
  /** Of an address. */
  signInMinute: number;
}

/** How much of the studio somebody may take up; 0 is any amount. */
export interface Quotas {
  /** Jobs of one owner that wait. */
  ownerPendingJobs: number;
  ownerJobsADay: number;
  /** Uploads and outputs of one owner. */
  ownerBytes: number;
  /** Jobs of all owners that wait. */
  queueJobs: number;
}

const variables = z.object(limitVariables);

export function toRequestLimits(env: z.output<typeof variables>): RequestLimits {
  return {
    webHour: env.MULTIPLANE_LIMIT_WEB_HOUR,
    apiHour: env.MULTIPLANE_LIMIT_API_HOUR,
    apiDay: env.MULTIPLANE_LIMIT_API_DAY,
    readsHour: env.MULTIPLANE_LIMIT_READS_HOUR,
    enhanceMinute: env.MULTIPLANE_LIMIT_ENHANCE_MINUTE,
    signInMinute: env.MULTIPLANE_LIMIT_SIGN_IN_MINUTE,
  };
}

export function toQuotas(env: z.output<typeof variables>): Quotas {
  return {
    ownerPendingJobs: env.MULTIPLANE_OWNER_PENDING_JOBS,
    ownerJobsADay: env.MULTIPLANE_OWNER_JOBS_A_DAY,
    ownerBytes: env.MULTIPLANE_OWNER_BYTES,
    queueJobs: env.MULTIPLANE_QUEUE_JOBS,
  };
}
