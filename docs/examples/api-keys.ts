/* What the reference shows of API keys; the tests run it. */

import assert from 'node:assert/strict';
import { studio } from './studio.ts';

async function createApiKey() {
  // #region createApiKey
  const made = await studio.call('createApiKey', {
    body: {
      name: 'Build script',
      scopes: ['jobs:read', 'jobs:write'],
      hourly_limit: 100,
    },
  });
  console.log(made.key);
  // #endregion
  return made;
}

async function listApiKeys() {
  // #region listApiKeys
  const page = await studio.call('listApiKeys');
  for (const key of page.items)
    console.log(key.name, key.last_used_at);
  // #endregion
  return page;
}

async function getApiKey(id: string) {
  // #region getApiKey
  const key = await studio.call('getApiKey', {
    params: { id },
  });
  // #endregion
  return key;
}

async function changeApiKey(id: string) {
  // #region changeApiKey
  const key = await studio.call('changeApiKey', {
    params: { id },
    body: { name: 'Nightly build' },
  });
  // #endregion
  return key;
}

async function rotateApiKey(id: string) {
  // #region rotateApiKey
  const successor = await studio.call('rotateApiKey', {
    params: { id },
    body: { overlap_seconds: 3600 },
  });
  console.log(successor.key);
  // #endregion
  return successor;
}

async function revokeApiKey(id: string) {
  // #region revokeApiKey
  await studio.call('revokeApiKey', { params: { id } });
  // #endregion
}

const { id } = await createApiKey();
assert.equal((await listApiKeys()).items[0]?.id, id);
assert.equal((await changeApiKey(id)).name, 'Nightly build');
assert.equal((await rotateApiKey(id)).name, 'Nightly build');
assert.equal((await getApiKey(id)).id, id);
await revokeApiKey(id);
