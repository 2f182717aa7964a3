import { z } from 'zod';
import { count } from './variables.ts';

/** A hundred years, which is as good as for ever. */
const MOST_DAYS = 36_500;

/** How much is kept of finished jobs and of uploads that no job takes; 0 is all of it. See docs/retention.md. */
export interface Retention {
  jobsDays: number;
  uploadsDays: number;
  /** Of each owner. */
  ownerBytes: number;
  /** Of all owners together. */
  totalBytes: number;
}

/** What is thrown away with time. */
export interface RetentionSettings {
  keep: Retention;
  /** How long the audit log goes back; 0 is for ever. */
  keepAuditDays: number;
}

export const retentionVariables = {
  MULTIPLANE_KEEP_JOBS_DAYS: count(0, 0, MOST_DAYS),
  MULTIPLANE_KEEP_UPLOADS_DAYS: count(0, 0, MOST_DAYS),
  MULTIPLANE_KEEP_OWNER_BYTES: count(0, 0),
  MULTIPLANE_KEEP_TOTAL_BYTES: count(0, 0),
  MULTIPLANE_KEEP_AUDIT_DAYS: count(365, 0, MOST_DAYS),
};

const variables = z.object(retentionVariables);

export function toRetentionSettings(env: z.output<typeof variables>): RetentionSettings {
  return {
    keep: {
      jobsDays: env.MULTIPLANE_KEEP_JOBS_DAYS,
      uploadsDays: env.MULTIPLANE_KEEP_UPLOADS_DAYS,
      ownerBytes: env.MULTIPLANE_KEEP_OWNER_BYTES,
      totalBytes: env.MULTIPLANE_KEEP_TOTAL_BYTES,
    },
    keepAuditDays: env.MULTIPLANE_KEEP_AUDIT_DAYS,
  };
}
