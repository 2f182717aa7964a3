import type { WebhookEvent } from '#lib/webhooks/events';

/** What each type of event is to a person. */
export const EVENT_WORDS: Record<WebhookEvent, string> = {
  'job.completed': 'A job is done',
  'job.failed': 'A job has failed',
  'job.cancelled': 'A job was cancelled',
};
