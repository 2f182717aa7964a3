import type { ErrorCode } from '#lib/core/errors';

/* What can go wrong with submissions besides what is wrong with their form. */

/** Where somebody's files take up too much. */
export const STORAGE: readonly ErrorCode[] = ['storage_quota_exceeded'];

/** Where too much has been enqueued. */
export const QUOTAS: readonly ErrorCode[] = [...STORAGE, 'quota_exceeded', 'queue_full'];

/** With a picture that is fetched from its address. */
export const FETCHES: readonly ErrorCode[] = ['fetch_refused', 'fetch_failed'];
