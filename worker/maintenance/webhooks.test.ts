import { createHmac } from 'node:crypto';
import { Webhook as Verifier } from 'standardwebhooks';
import { beforeEach, describe, expect, test } from 'vitest';
import { readSettings } from '#lib/config/settings';
import type { Actor } from '#lib/core/actor';
import { createLogger } from '#lib/core/logger';
import type { Database } from '#lib/db/client';
import { webhookDeliveries } from '#lib/db/schema/webhooks';
import { getJobResource } from '#lib/jobs/job-resources';
import { cancelJob, deleteJob } from '#lib/jobs/requests';
import { replayDelivery, sendPing } from '#lib/webhooks/deliveries';
import { findWebhook, rotateSecret } from '#lib/webhooks/webhooks';
import { testDatabase } from '#tests/database';
import { makeJob, makeUser } from '#tests/factories';
import { deadAddress } from '#tests/local-server';
import { makeDelivery, makeWebhook, receiver, type Received } from '#tests/webhooks';
import type { AttemptOptions } from './webhook-attempt.ts';
import { WebhookSender } from './webhooks.ts';

const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;

let db: Database;
let actor: Actor;
let now: number;

beforeEach(async () => {
  db = await testDatabase();
  actor = await makeUser(db);
  now = Date.now();
});

function sender(options: Partial<AttemptOptions> = {}, env = { MULTIPLANE_WEBHOOKS_PRIVATE: 'true' }) {
  const log = createLogger('test', 'silent');
  const parts = { db, settings: readSettings(env), clock: () => now, log };
  return new WebhookSender(parts, { random: () => 0.5, ...options });
}

/** Send what is due, to its end. */
async function send(by = sender()): Promise<void> {
  await by.sendDue();
  await by.idle();
}

async function deliveries() {
  return db.select().from(webhookDeliveries).orderBy(webhookDeliveries.id);
}

const delivery = async () => (await deliveries())[0]!;

function signedBy(secret: string, { headers, body }: Received): string {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  return `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
}

describe('a message', () => {
  test('is signed as Standard Webhooks has it, and tells of the job as it is', async () => {
    const { url, received } = await receiver();
    const { secret } = await makeWebhook(db, actor, { url });
    const { id } = await makeJob(db, actor);
    await cancelJob(db, actor, id, now);
    await send();
    expect(await deliveries()).toMatchObject([{ status: 'delivered', attempts: 1, responseStatus: 204 }]);
    const [message] = received as [Received];
    const told = new Verifier(secret).verify(message.body, message.headers);
    expect(message.headers['webhook-signature']).toBe(signedBy(secret, message));
    const data = await getJobResource(db, actor, id, now);
    expect(told).toEqual({ type: 'job.cancelled', timestamp: new Date(now).toISOString(), data });
    expect(data.status).toBe('cancelled');
    expect(message.headers['content-type']).toBe('application/json');
  });

  test('is signed with both secrets while they overlap, and with the new one after that', async () => {
    const { url, received } = await receiver();
    const { id, secret: old } = await makeWebhook(db, actor, { url });
    const { secret } = await rotateSecret(db, actor, id, HOUR_MS, now);
    const ping = async () => {
      await sendPing(db, actor, id, now);
      await send();
      return received.at(-1)!;
    };
    const both = await ping();
    expect(both.headers['webhook-signature']).toBe(`${signedBy(secret, both)} ${signedBy(old, both)}`);
    for (const either of [old, secret]) {
      expect(new Verifier(either).verify(both.body, both.headers)).toMatchObject({ type: 'ping' });
    }
    now += HOUR_MS;
    const one = await ping();
    expect(one.headers['webhook-signature']).toBe(signedBy(secret, one));
  });

  test('tells what is known of a job that was deleted before', async () => {
    const { url, received } = await receiver();
    await makeWebhook(db, actor, { url });
    const { id } = await makeJob(db, actor);
    await cancelJob(db, actor, id, now);
    await deleteJob(db, actor, id);
    await send();
    expect(JSON.parse(received[0]!.body).data).toEqual({ id, status: 'cancelled' });
  });

  test('is the same, id and all, at every attempt and when it is replayed', async () => {
    const { url, received } = await receiver((response, count) =>
      response.writeHead(count === 1 ? 500 : 200).end(),
    );
    const webhook = await makeWebhook(db, actor, { url });
    const job = await makeJob(db, actor);
    await cancelJob(db, actor, job.id, now);
    await send();
    await deleteJob(db, actor, job.id);
    now += HOUR_MS;
    await send();
    const first = await delivery();
    await replayDelivery(db, actor, webhook.id, first.id, now);
    await send();
    expect(received).toHaveLength(3);
    expect(new Set(received.map(({ body }) => body)).size).toBe(1);
    expect(new Set(received.map(({ headers }) => headers['webhook-id']))).toEqual(new Set([first.messageId]));
    const sent = await deliveries();
    expect(sent.map(({ status, attempts }) => [status, attempts])).toEqual([
      ['delivered', 2],
      ['delivered', 1],
    ]);
  });
});

describe('a receiver that does not take it', () => {
  test('is asked again by the schedule, to the last', async () => {
    const { url, received } = await receiver((response) => response.writeHead(503).end());
    const webhook = await makeWebhook(db, actor, { url });
    await makeDelivery(db, webhook, { nextAttemptAt: now });
    const waits: number[] = [];
    while ((await delivery()).status === 'pending') {
      const { nextAttemptAt } = await delivery();
      waits.push((nextAttemptAt - now) / 1000);
      now = nextAttemptAt - 1;
      await send();
      now = nextAttemptAt;
      await send();
    }
    const hours = [2, 5, 10, 14, 20, 24].map((count) => count * 3600);
    expect(waits).toEqual([0, 5, 300, 1800, ...hours]);
    expect(received).toHaveLength(10);
    expect(await delivery()).toMatchObject({
      status: 'failed',
      responseStatus: 503,
      lastError: 'It answered 503.',
    });
  });

  test('has up to a fifth more or less time between', async () => {
    const { url } = await receiver((response) => response.writeHead(500).end());
    const webhook = await makeWebhook(db, actor, { url });
    for (const [random, seconds] of [
      [0, 4],
      [1, 6],
    ] as const) {
      const { id } = await makeDelivery(db, webhook, { nextAttemptAt: now });
      await send(sender({ random: () => random }));
      const row = (await deliveries()).find((one) => one.id === id)!;
      expect((row.nextAttemptAt - now) / 1000).toBe(seconds);
    }
  });

  test('that is gone gets nothing more', async () => {
    const { url, received } = await receiver((response) => response.writeHead(410).end());
    const { id } = await makeWebhook(db, actor, { url });
    await sendPing(db, actor, id, now);
    await makeDelivery(db, await findWebhook(db, actor, id), { nextAttemptAt: now + DAY_MS });
    await send();
    const webhook = await findWebhook(db, actor, id);
    expect(webhook).toMatchObject({ disabledAt: now, disabledReason: 'The receiver answered 410 Gone.' });
    const rows = await deliveries();
    expect(rows.map(({ status, attempts }) => `${status} ${attempts}`).sort()).toEqual([
      'failed 0',
      'failed 1',
    ]);
    const job = await makeJob(db, actor);
    await cancelJob(db, actor, job.id, now);
    now += DAY_MS;
    await send();
    expect(received).toHaveLength(1);
    await expect(sendPing(db, actor, id, now)).rejects.toMatchObject({ code: 'conflict' });
  });

  test('is given up once everything has failed for five days, and not if anything arrived', async () => {
    const { url } = await receiver((response, count) => response.writeHead(count === 2 ? 200 : 500).end());
    const { id } = await makeWebhook(db, actor, { url });
    const tryOnce = async (days: number) => {
      now += days * DAY_MS;
      await db.delete(webhookDeliveries);
      await sendPing(db, actor, id, now);
      await send();
      return (await findWebhook(db, actor, id)).disabledReason;
    };
    expect(await tryOnce(0)).toBeNull();
    expect(await tryOnce(4)).toBeNull();
    expect(await tryOnce(2)).toBeNull();
    expect(await tryOnce(4.9)).toBeNull();
    expect(await tryOnce(0.1)).toBe('Everything sent there failed for five days.');
  });

  test.each([
    ['leads elsewhere', 302, 'It answered 302; redirects are not followed.'],
    ['refuses', 404, 'It answered 404.'],
  ])('and %s is not followed, and tried again', async (_, status, error) => {
    const other = await receiver();
    const { url } = await receiver((response) => response.writeHead(status, { location: other.url }).end());
    await makeDelivery(db, await makeWebhook(db, actor, { url }), { nextAttemptAt: now });
    await send();
    expect(other.received).toEqual([]);
    expect(await delivery()).toMatchObject({ status: 'pending', responseStatus: status, lastError: error });
  });

  test('does not answer in time', async () => {
    const { url } = await receiver(() => undefined);
    await makeDelivery(db, await makeWebhook(db, actor, { url }), { nextAttemptAt: now });
    await send(sender({ timeoutMs: 50 }));
    const { status, responseStatus, lastError } = await delivery();
    expect([status, responseStatus, lastError]).toEqual([
      'pending',
      null,
      'That address did not answer in time.',
    ]);
  });

  test('is not there', async () => {
    await makeDelivery(db, await makeWebhook(db, actor, { url: await deadAddress() }), {
      nextAttemptAt: now,
    });
    await send();
    expect((await delivery()).lastError).toContain('could not be reached');
  });
});

test('an answer of any length counts by its status alone', async () => {
  const { url } = await receiver((response) => response.writeHead(200).end('x'.repeat(100_000)));
  await makeDelivery(db, await makeWebhook(db, actor, { url }), { nextAttemptAt: now });
  await send();
  expect((await delivery()).status).toBe('delivered');
});

test('a name that leads to a private address is not connected to', async () => {
  const { url, received } = await receiver();
  const inside = url.replace('http://127.0.0.1', 'https://localhost');
  await makeDelivery(db, await makeWebhook(db, actor, { url: inside }), { nextAttemptAt: now });
  await send(sender({}, { MULTIPLANE_WEBHOOKS_PRIVATE: 'false' }));
  expect(received).toEqual([]);
  const { status, lastError } = await delivery();
  expect([status, lastError]).toEqual(['pending', 'That address does not lead to a public one.']);
});

describe('several workers', () => {
  test('send each delivery once', async () => {
    const { url, received } = await receiver();
    for (let count = 0; count < 12; count++) {
      await makeDelivery(db, await makeWebhook(db, actor, { url }), { nextAttemptAt: now });
    }
    const workers = [sender(), sender()];
    await Promise.all(workers.map((worker) => worker.sendDue()));
    await Promise.all(workers.map((worker) => worker.idle()));
    const ids = received.map(({ headers }) => headers['webhook-id']);
    expect(new Set(ids).size).toBe(12);
    expect(ids).toHaveLength(12);
  });

  test('take over what one that was killed had begun, once its lease has run out', async () => {
    const held: (() => void)[] = [];
    const { url, received } = await receiver((response) => held.push(() => response.writeHead(200).end()));
    await makeDelivery(db, await makeWebhook(db, actor, { url }), { nextAttemptAt: now });
    const slow = sender();
    await slow.sendDue();
    const other = sender();
    now += 29_000;
    await other.sendDue();
    now += 1_000;
    await other.sendDue();
    await expect.poll(() => held.length).toBe(2);
    held.forEach((answer) => answer());
    await Promise.all([slow.idle(), other.idle()]);
    expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(await delivery()).toMatchObject({ status: 'delivered', attempts: 2 });
  });
});

test('a slow receiver leaves room for the others', async () => {
  const held: (() => void)[] = [];
  const slow = await receiver((response) => held.push(() => response.writeHead(200).end()));
  const quick = await receiver();
  const toSlow = await makeWebhook(db, actor, { url: slow.url });
  for (let count = 0; count < 10; count++) await makeDelivery(db, toSlow, { nextAttemptAt: now - DAY_MS });
  await makeDelivery(db, await makeWebhook(db, actor, { url: quick.url }), { nextAttemptAt: now });
  const worker = sender();
  await worker.sendDue();
  await worker.sendDue();
  await expect.poll(() => [held.length, quick.received.length]).toEqual([2, 1]);
  held.forEach((answer) => answer());
  await worker.idle();
});

test('by itself it sends what falls due, and ends what it has begun before it stops', async () => {
  let begun: (answer: () => void) => void;
  const asked = new Promise<() => void>((resolve) => (begun = resolve));
  const { url } = await receiver((response) => begun(() => response.writeHead(200).end()));
  const { id } = await makeWebhook(db, actor, { url });
  await sendPing(db, actor, id, now);
  const worker = sender();
  worker.start();
  const answer = await asked;
  const drained = worker.drain(60_000);
  answer();
  await drained;
  expect((await delivery()).status).toBe('delivered');
});
