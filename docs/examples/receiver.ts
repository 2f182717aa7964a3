// #region verifyWebhook
import type { IncomingHttpHeaders } from 'node:http';
import {
  Webhook,
  WebhookVerificationError,
} from 'standardwebhooks';

/** What a message says, or null where it is not ours. `body` is as it came, byte for byte. */
export function messageOf(
  secret: string,
  headers: IncomingHttpHeaders,
  body: string,
) {
  try {
    return new Webhook(secret).verify(
      body,
      headers as Record<string, string>,
    ) as { type: string };
  } catch (error) {
    if (error instanceof WebhookVerificationError) return null;
    throw error;
  }
}
// #endregion
