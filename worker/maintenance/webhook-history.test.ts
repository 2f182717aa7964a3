import { expect, test } from 'vitest';
import { webhookDeliveries } from '#lib/db/schema/webhooks';
import { testDatabase } from '#tests/database';
import { makeUser, NOW } from '#tests/factories';
import { makeDelivery, makeWebhook } from '#tests/webhooks';
import { pruneWebhookHistory } from './webhook-history.ts';

const DAY_MS = 24 * 60 * 60_000;

test('deliveries that ended more than 30 days ago are forgotten, however many; none that waits', async () => {
  const db = await testDatabase();
  const webhook = await makeWebhook(db, await makeUser(db));
  const ended = (days: number) =>
    makeDelivery(db, webhook, { status: 'failed', createdAt: 0, finishedAt: NOW - days * DAY_MS });
  await Promise.all(Array.from({ length: 101 }, () => ended(31)));
  const kept = await ended(29);
  const waiting = await makeDelivery(db, webhook, { createdAt: 0 });
  await pruneWebhookHistory({ db, clock: () => NOW });
  const rows = await db.select({ id: webhookDeliveries.id }).from(webhookDeliveries);
  expect(rows.map(({ id }) => id).sort()).toEqual([kept.id, waiting.id].sort());
});
