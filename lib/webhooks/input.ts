import { isIP } from 'node:net';
import { z } from 'zod';
import { AppError } from '#lib/core/errors';
import { isPublicAddress } from '#lib/core/net/public-address';
import { WEBHOOK_EVENTS } from './events.ts';

const LONGEST_URL = 2_000;
const LONGEST_DESCRIPTION = 200;

const url = z
  .string()
  .trim()
  .min(1)
  .max(LONGEST_URL)
  .meta({ description: 'Where messages are sent, by POST', examples: ['https://example.com/hooks'] });
const description = z.string().trim().max(LONGEST_DESCRIPTION).meta({ description: 'For yourself' });
const events = z
  .array(z.enum(WEBHOOK_EVENTS))
  .min(1)
  .transform((given) => WEBHOOK_EVENTS.filter((event) => given.includes(event)))
  .meta({ description: 'What to tell of' });

/** A new webhook, as its owner gives it. */
export const newWebhookSchema = z.strictObject({
  url,
  description: description.default(''),
  events: events.default([...WEBHOOK_EVENTS]),
});

/** What is to be different. */
export const webhookChangesSchema = z.strictObject({
  url: url.optional(),
  description: description.optional(),
  events: events.optional(),
  enabled: z
    .boolean()
    .optional()
    .meta({ description: 'Whether anything is sent. What waits, fails when this ends.' }),
});

export type NewWebhook = z.output<typeof newWebhookSchema>;
export type WebhookChanges = z.output<typeof webhookChangesSchema>;

/**
 * The address, as it will be called. Throws AppError `validation_failed` for one that may never be: by http, with a
 * password in it, or of a private network, unless the operator allows those. A name is looked up at each call.
 */
export function checkWebhookUrl(given: string, allowPrivate: boolean): string {
  const problem = problemOf(given, allowPrivate);
  if (problem === null) return new URL(given).href;
  throw new AppError('validation_failed', problem, {
    fields: [{ pointer: '/url', code: 'url', message: problem }],
  });
}

function problemOf(given: string, allowPrivate: boolean): string | null {
  if (!URL.canParse(given))
    return 'The address of a webhook is a whole one, such as https://example.com/hooks.';
  const { protocol, username, password, hostname } = new URL(given);
  const isSpoken = protocol === 'https:' || (allowPrivate && protocol === 'http:');
  if (!isSpoken) return 'The address of a webhook begins with https://.';
  if (username || password) return 'The address of a webhook has no name and no password in it.';
  const literal = hostname.replace(/^\[(.*)\]$/, '$1');
  const isPrivate = isIP(literal) !== 0 && !isPublicAddress(literal);
  return isPrivate && !allowPrivate ? 'The address of a webhook is a public one.' : null;
}
