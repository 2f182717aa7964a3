import { emptyStudio } from '#tests/studio-folder';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { database } from '#lib/db/connection';
import { newId } from '#lib/core/ids';
import { WEBHOOK_EVENTS } from '#lib/webhooks/events';
import type { DeliveryResource, WebhookResource } from '#lib/webhooks/resource';
import { ApiClient, refusedFields } from '#tests/api-client';
import { NOW } from '#tests/factories';
import { makeDelivery, makeWebhook } from '#tests/webhooks';
import { GET as getDelivery } from './[id]/deliveries/[delivery]/route.ts';
import { POST as replay } from './[id]/deliveries/[delivery]/replay/route.ts';
import { GET as listDeliveries } from './[id]/deliveries/route.ts';
import { POST as rotate } from './[id]/rotate-secret/route.ts';
import { DELETE as remove, GET as get, PATCH as update } from './[id]/route.ts';
import { POST as sendTest } from './[id]/test/route.ts';
import { GET as list, POST as create } from './route.ts';

type Made = WebhookResource & { secret: string };

const URL = 'https://example.com/hooks';

let anna: ApiClient;

beforeEach(async () => {
  anna = await ApiClient.create(await database());
});
afterEach(emptyStudio);

async function made(body: object = { url: URL }): Promise<Made> {
  const answer = await anna.postJson(create, body);
  expect(answer.status).toBe(201);
  return (await answer.json()) as Made;
}

const json = async <T>(answer: Promise<Response>) => (await (await answer).json()) as T;

function patch(id: string, body: object): Promise<Response> {
  const headers = { 'Content-Type': 'application/json' };
  return anna.call(update, { method: 'PATCH', params: { id }, headers, body: JSON.stringify(body) });
}

describe('a webhook', () => {
  test('is told of everything unless less is asked for, and shows its secret once', async () => {
    const webhook = await made({ url: URL, description: ' Build ' });
    expect(webhook).toMatchObject({ url: URL, description: 'Build', events: WEBHOOK_EVENTS, enabled: true });
    const { secret, ...shown } = webhook;
    expect(Buffer.from(secret.replace(/^whsec_/, ''), 'base64')).toHaveLength(32);
    const params = { id: webhook.id };
    expect(await json(anna.call(get, { params }))).toEqual(shown);
    expect(await json(anna.call(list))).toEqual({ items: [shown] });
    const some = await made({ url: URL, events: ['job.failed'] });
    expect(some.events).toEqual(['job.failed']);
  });

  test('is made once under an Idempotency-Key', async () => {
    const send = () => anna.postJson(create, { url: URL }, { 'Idempotency-Key': newId() });
    const key = { 'Idempotency-Key': newId() };
    const [first, again] = [
      await anna.postJson(create, { url: URL }, key),
      await anna.postJson(create, { url: URL }, key),
    ];
    expect(again.headers.get('Idempotency-Replayed')).toBe('true');
    expect(await again.json()).toEqual(await first.json());
    await send();
    const { items } = await json<{ items: unknown[] }>(anna.call(list));
    expect(items).toHaveLength(2);
  });

  test.each([
    [{}, '/url invalid_type'],
    [{ url: 'http://example.com/' }, '/url url'],
    [{ url: 'https://10.0.0.1/' }, '/url url'],
    [{ url: URL, events: [] }, '/events too_small'],
    [{ url: URL, events: ['job.started'] }, '/events/0 invalid_value'],
    [{ url: URL, description: 'x'.repeat(201) }, '/description too_big'],
  ])('of %j is refused', async (body, field) => {
    const answer = await anna.postJson(create, body);
    expect(answer.status).toBe(422);
    expect(await refusedFields(answer)).toEqual([field]);
  });

  test('is one of 20 at most', async () => {
    const db = await database();
    for (let count = 0; count < 19; count++) await makeWebhook(db, anna.actor);
    const answers = await Promise.all([1, 2, 3].map(() => anna.postJson(create, { url: URL })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  });

  test('can be changed, switched off, which fails what waits, and on again', async () => {
    const { id } = await made();
    const db = await database();
    const waiting = await makeDelivery(db, { id });
    const changed = await json<WebhookResource>(patch(id, { events: ['job.completed'], description: 'Now' }));
    expect(changed).toMatchObject({ url: URL, events: ['job.completed'], description: 'Now', enabled: true });
    const off = await json<WebhookResource>(patch(id, { enabled: false }));
    expect(off).toMatchObject({ enabled: false, disabled_reason: 'It was switched off by its owner.' });
    const params = { id, delivery: waiting.id };
    expect(await json(anna.call(getDelivery, { params }))).toMatchObject({
      status: 'failed',
      error: 'Not sent: It was switched off by its owner.',
    });
    for (const refused of [
      anna.call(sendTest, { method: 'POST', params: { id } }),
      anna.call(replay, { method: 'POST', params }),
    ]) {
      expect((await refused).status).toBe(409);
    }
    expect(await json(patch(id, { enabled: true }))).toMatchObject({ enabled: true, disabled_reason: null });
    expect((await patch(id, { url: 'http://example.com/' })).status).toBe(422);
  });

  test('takes a new secret, and says until when the old one counts', async () => {
    const { id, secret } = await made();
    const params = { id };
    const rotated = await json<Made>(anna.call(rotate, { method: 'POST', params }));
    expect(rotated.secret).not.toBe(secret);
    const { updated_at, previous_secret_expires_at } = rotated;
    expect(Date.parse(previous_secret_expires_at!) - Date.parse(updated_at)).toBe(24 * 60 * 60_000);
    const headers = { 'Content-Type': 'application/json' };
    const body = JSON.stringify({ overlap_seconds: 0 });
    const atOnce = await json<Made>(anna.call(rotate, { method: 'POST', params, headers, body }));
    expect(atOnce.previous_secret_expires_at).toBeNull();
  });

  test('goes with its deliveries', async () => {
    const { id } = await made();
    await anna.call(sendTest, { method: 'POST', params: { id } });
    expect((await anna.call(remove, { method: 'DELETE', params: { id } })).status).toBe(204);
    expect((await anna.call(listDeliveries, { params: { id } })).status).toBe(404);
  });
});

describe('deliveries', () => {
  test('are listed newest first, by pages and by state', async () => {
    const { id } = await made();
    const db = await database();
    const ids: string[] = [];
    for (let count = 0; count < 3; count++) ids.unshift((await makeDelivery(db, { id })).id);
    const failed = await makeDelivery(db, { id }, { status: 'failed', finishedAt: NOW });
    ids.unshift(failed.id);
    const page = (query: string) =>
      json<{ items: DeliveryResource[]; next_cursor: string | null }>(
        anna.call(listDeliveries, { params: { id }, query }),
      );
    const first = await page('limit=3');
    const second = await page(`limit=3&cursor=${first.next_cursor}`);
    expect([...first.items, ...second.items].map((one) => one.id)).toEqual(ids);
    expect(second.next_cursor).toBeNull();
    expect((await page('status=failed')).items.map((one) => one.id)).toEqual([failed.id]);
  });

  test('that are replayed are new ones with the same message', async () => {
    const { id } = await made();
    const payload = JSON.stringify({ type: 'ping', data: {} });
    const old = await makeDelivery(
      await database(),
      { id },
      {
        status: 'delivered',
        finishedAt: NOW,
        payload,
      },
    );
    const params = { id, delivery: old.id };
    const answer = await anna.call(replay, { method: 'POST', params });
    expect(answer.status).toBe(202);
    const again = (await answer.json()) as DeliveryResource;
    expect(again).toMatchObject({ message_id: old.messageId, status: 'pending', attempts: 0 });
    expect(again.id).not.toBe(old.id);
    const whole = await json(anna.call(getDelivery, { params: { id, delivery: again.id } }));
    expect(whole).toEqual({ ...again, message: JSON.parse(payload) });
  });

  test('of a test are a ping that waits to be sent', async () => {
    const { id } = await made();
    const answer = await anna.call(sendTest, { method: 'POST', params: { id } });
    expect(answer.status).toBe(202);
    expect(await answer.json()).toMatchObject({ event: 'ping', job_id: null, status: 'pending' });
  });
});

test('somebody else’s webhooks and deliveries are not there', async () => {
  const { id } = await made();
  const { id: delivery } = await makeDelivery(await database(), { id });
  const bob = await ApiClient.create(await database());
  const own = (await json<Made>(bob.postJson(create, { url: URL }))).id;
  const headers = { 'Content-Type': 'application/json' };
  const asked = [
    bob.call(get, { params: { id } }),
    bob.call(update, { method: 'PATCH', params: { id }, headers, body: '{"enabled":false}' }),
    bob.call(remove, { method: 'DELETE', params: { id } }),
    bob.call(rotate, { method: 'POST', params: { id } }),
    bob.call(sendTest, { method: 'POST', params: { id } }),
    bob.call(listDeliveries, { params: { id } }),
    bob.call(getDelivery, { params: { id, delivery } }),
    bob.call(getDelivery, { params: { id: own, delivery } }),
    bob.call(replay, { method: 'POST', params: { id, delivery } }),
    bob.call(replay, { method: 'POST', params: { id: own, delivery } }),
  ];
  const statuses = await Promise.all(asked.map(async (answer) => (await answer).status));
  expect(new Set(statuses)).toEqual(new Set([404]));
  const { items } = await json<{ items: { id: string }[] }>(bob.call(list));
  expect(items.map((one) => one.id)).toEqual([own]);
  expect(await json(anna.call(get, { params: { id } }))).toMatchObject({ enabled: true });
});
