import { randomBytes } from 'node:crypto';
import { Webhook as Signer } from 'standardwebhooks';
import type { Webhook } from './webhooks.ts';

/** What a message is signed with: `whsec_` and 32 random bytes in base64. */
export function newSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`;
}

type Secrets = Pick<Webhook, 'secret' | 'previousSecret' | 'previousSecretUntil'>;

/**
 * The headers by which a receiver knows a message at `now` as ours, as Standard Webhooks has them: signed with the secret,
 * and while it lasts with the one before, so that a receiver can change over at any moment of that time.
 */
export function signatureHeaders(
  { secret, previousSecret, previousSecretUntil }: Secrets,
  { messageId, payload }: { messageId: string; payload: string },
  now: number,
): Record<string, string> {
  const isOverlap = previousSecret !== null && previousSecretUntil !== null && now < previousSecretUntil;
  const secrets = isOverlap ? [secret, previousSecret] : [secret];
  const signatures = secrets.map((key) => new Signer(key).sign(messageId, new Date(now), payload));
  return {
    'webhook-id': messageId,
    'webhook-timestamp': String(Math.floor(now / 1000)),
    'webhook-signature': signatures.join(' '),
  };
}
