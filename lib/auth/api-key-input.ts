import { z } from 'zod';
import { settings } from '#lib/config/settings';
import type { Actor } from '#lib/core/actor';
import { AppError } from '#lib/core/errors';
import { type Scope, knownScopes, SCOPES, USUAL_SCOPES } from './scopes.ts';

const LONGEST_NAME = 80;
const NAME_TAKES = `A key’s name has 1 to ${LONGEST_NAME} characters.`;
const limit = (span: string) =>
  z
    .int()
    .min(1)
    .max(1_000_000)
    .nullable()
    .meta({ description: `Requests that change something, in ${span}; null for as many as any key` });

const fields = {
  name: z
    .string()
    .trim()
    .min(1, NAME_TAKES)
    .max(LONGEST_NAME, NAME_TAKES)
    .meta({ description: 'What it is for', examples: ['Build script'] }),
  scopes: z
    .array(z.enum(SCOPES))
    .min(1, 'A key is for something.')
    .transform(knownScopes)
    .meta({ description: 'What it may be used for' }),
  hourly_limit: limit('an hour'),
  daily_limit: limit('a day'),
};

/** What a key is made with, as it is sent. */
export const newKeySchema = z.strictObject({
  ...fields,
  scopes: fields.scopes.default([...USUAL_SCOPES]),
  expires_at: z.iso
    .datetime({ offset: true, error: 'a date such as 2027-01-31T12:00:00Z' })
    .nullable()
    .default(null)
    .meta({ description: 'Not taken from then on; null for never' }),
  hourly_limit: fields.hourly_limit.default(null),
  daily_limit: fields.daily_limit.default(null),
});

/** What can be changed of one. */
export const keyChangeSchema = z.strictObject(fields).partial();

/** Throws AppError `validation_failed` where a key would be over before it began. */
export function checkExpiry(expiresAt: number | null, now: number): void {
  if (expiresAt === null || expiresAt > now) return;
  const message = 'A key ends later than now.';
  throw new AppError('validation_failed', message, {
    fields: [{ pointer: '/expires_at', code: 'past', message }],
  });
}

/** What a key may be set to, as it is kept. */
export interface KeySettings {
  name: string;
  scopes: Scope[];
  hourlyLimit: number | null;
  dailyLimit: number | null;
}

/** Throws AppError `forbidden` where somebody who is no administrator would have a key do more than any key may. */
export function checkLimits({ role }: Actor, { hourlyLimit, dailyLimit }: Partial<KeySettings>): void {
  const { apiHour, apiDay } = settings().limits;
  const isMore = exceeds(hourlyLimit, apiHour) || exceeds(dailyLimit, apiDay);
  if (!isMore || role === 'admin') return;
  throw new AppError('forbidden', 'Only an administrator gives a key more requests than any key has.', {
    suggestion: 'Leave the limits out, or set lower ones.',
  });
}

/** A limit of 0 is none. */
function exceeds(own: number | null = null, limit: number): boolean {
  return own !== null && limit > 0 && own > limit;
}

/** What was sent, as it is kept. */
export function keySettingsOf(sent: z.output<typeof keyChangeSchema>): Partial<KeySettings> {
  const { hourly_limit: hourlyLimit, daily_limit: dailyLimit, name, scopes } = sent;
  return { name, scopes, hourlyLimit, dailyLimit };
}
