/* What the reference shows of webhooks; the tests run it. RECEIVER is where messages go. */

import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { studio } from './studio.ts';

const url = process.env.RECEIVER ?? 'https://example.com/hooks';

async function createWebhook() {
  // #region createWebhook
  const webhook = await studio.call('createWebhook', {
    body: { url, events: ['job.completed', 'job.failed'] },
  });
  console.log(webhook.secret);
  // #endregion
  return webhook;
}

async function listWebhooks() {
  // #region listWebhooks
  const { items } = await studio.call('listWebhooks');
  // #endregion
  return items;
}

async function getWebhook(id: string) {
  // #region getWebhook
  const webhook = await studio.call('getWebhook', {
    params: { id },
  });
  console.log(webhook.enabled, webhook.failing_since);
  // #endregion
  return webhook;
}

async function updateWebhook(id: string) {
  // #region updateWebhook
  const webhook = await studio.call('updateWebhook', {
    params: { id },
    body: { events: ['job.failed'] },
  });
  // #endregion
  return webhook;
}

async function rotateWebhookSecret(id: string) {
  // #region rotateWebhookSecret
  const { secret } = await studio.call('rotateWebhookSecret', {
    params: { id },
    body: { overlap_seconds: 3600 },
  });
  // #endregion
  return secret;
}

async function testWebhook(id: string) {
  // #region testWebhook
  const delivery = await studio.call('testWebhook', {
    params: { id },
  });
  // #endregion
  return delivery;
}

async function listWebhookDeliveries(id: string) {
  // #region listWebhookDeliveries
  const page = await studio.call('listWebhookDeliveries', {
    params: { id },
    query: { limit: 10 },
  });
  for (const one of page.items)
    console.log(one.event, one.status, one.attempts);
  // #endregion
  return page;
}

async function getWebhookDelivery(
  id: string,
  delivery: string,
) {
  // #region getWebhookDelivery
  const found = await studio.call('getWebhookDelivery', {
    params: { id, delivery },
  });
  // #endregion
  return found;
}

async function replayWebhookDelivery(
  id: string,
  delivery: string,
) {
  // #region replayWebhookDelivery
  const again = await studio.call('replayWebhookDelivery', {
    params: { id, delivery },
  });
  // #endregion
  return again;
}

async function deleteWebhook(id: string) {
  // #region deleteWebhook
  await studio.call('deleteWebhook', { params: { id } });
  // #endregion
}

const { id } = await createWebhook();
assert.equal((await listWebhooks())[0]?.id, id);
const { id: delivery } = await testWebhook(id);
while (
  (await getWebhookDelivery(id, delivery)).status === 'pending'
)
  await setTimeout(500);
assert.equal(
  (await getWebhookDelivery(id, delivery)).response_status,
  204,
);
await replayWebhookDelivery(id, delivery);
assert.equal((await listWebhookDeliveries(id)).items.length, 2);
assert.match(await rotateWebhookSecret(id), /^whsec_/);
assert.deepEqual((await updateWebhook(id)).events, [
  'job.failed',
]);
assert.equal((await getWebhook(id)).enabled, true);
await deleteWebhook(id);
