import { toAppError } from '#lib/core/errors';
import { publicRequest } from '#lib/core/net/public-fetch';
import type { Delivery } from '#lib/webhooks/deliveries';
import { messageBody } from '#lib/webhooks/message';
import { webhookRetryDelayMs } from '#lib/webhooks/retry-schedule';
import { signatureHeaders } from '#lib/webhooks/secret';
import { keepPayload, recordDelivered, recordFailed, webhookOf } from '#lib/webhooks/sending';
import { disableWebhook, type Webhook } from '#lib/webhooks/webhooks';
import type { WorkerContext } from '../context.ts';

export type SendingContext = Pick<WorkerContext, 'db' | 'settings' | 'clock' | 'log'>;

export interface AttemptOptions {
  /** How long a receiver may take. */
  timeoutMs: number;
  /** For the jitter between attempts: 0 to 1. */
  random: () => number;
}

/** What a receiver answered, or why there is no answer. */
type Answer = { status: number; error: null } | { status: null; error: string };

const GONE = 410;
/** As much of an answer is read, and thrown away. */
const READ_BYTES = 2048;

/** Send a claimed delivery, and write down what came of it. */
export async function attemptDelivery(
  context: SendingContext,
  delivery: Delivery,
  options: AttemptOptions,
): Promise<void> {
  const { db, clock, log } = context;
  const webhook = await webhookOf(db, delivery);
  if (webhook === null) return;
  const payload = delivery.payload ?? (await newPayload(context, webhook, delivery));
  const answer = await send(context, webhook, { messageId: delivery.messageId, payload }, options.timeoutMs);
  log.debug({ deliveryId: delivery.id, status: answer.status }, 'webhook sent');
  if (answer.status !== null && isSuccess(answer.status)) {
    await recordDelivered(db, delivery, answer.status, clock());
  } else {
    await settleFailure(context, delivery, answer, options.random);
  }
}

async function newPayload(
  { db, clock }: SendingContext,
  webhook: Webhook,
  delivery: Delivery,
): Promise<string> {
  const payload = await messageBody(db, webhook.ownerId, delivery, clock());
  await keepPayload(db, delivery, payload);
  return payload;
}

async function send(
  { settings, clock }: SendingContext,
  webhook: Webhook,
  message: { messageId: string; payload: string },
  timeoutMs: number,
): Promise<Answer> {
  try {
    const { status, body } = await publicRequest(webhook.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...signatureHeaders(webhook, message, clock()) },
      body: message.payload,
      timeoutMs,
      maxBytes: READ_BYTES,
      allowHttp: settings.webhooksPrivate,
      allowPrivate: settings.webhooksPrivate,
    });
    await readThrough(body);
    return { status, error: null };
  } catch (error) {
    return { status: null, error: toAppError(error).message };
  }
}

/** Nothing in it matters, nor whether it ends well: the connection closes with it. */
async function readThrough(body: AsyncIterable<Uint8Array>): Promise<void> {
  try {
    for await (const _ of body);
  } catch {
    // It was too long, or broke off.
  }
}

async function settleFailure(
  { db, clock, log }: SendingContext,
  delivery: Delivery,
  { status, error }: Answer,
  random: () => number,
): Promise<void> {
  const now = clock();
  const delayMs = status === GONE ? null : webhookRetryDelayMs(delivery.attempts, random);
  const failure = {
    responseStatus: status,
    error: error ?? whatStatusMeans(status!),
    retryAt: delayMs === null ? null : now + delayMs,
  };
  const hasFailedTooLong = await recordFailed(db, delivery, failure, now);
  if (status !== GONE && !hasFailedTooLong) return;
  const reason =
    status === GONE ? 'The receiver answered 410 Gone.' : 'Everything sent there failed for five days.';
  await disableWebhook(db, delivery.webhookId, reason, now);
  log.warn({ webhookId: delivery.webhookId, reason }, 'webhook switched off');
}

function whatStatusMeans(status: number): string {
  const isRedirect = status >= 300 && status < 400;
  return isRedirect ? `It answered ${status}; redirects are not followed.` : `It answered ${status}.`;
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}
