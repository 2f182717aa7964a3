/* What the reference shows of running a studio; the tests run it with an administrator's key. */

import assert from 'node:assert/strict';
import { studio } from './studio.ts';

async function getHealth() {
  // #region getHealth
  await studio.call('getHealth');
  // #endregion
}

async function getReadiness() {
  // #region getReadiness
  const readiness = await studio.call('getReadiness');
  console.log(readiness);
  // #endregion
}

async function listAudit() {
  // #region listAudit
  const page = await studio.call('listAudit', {
    query: { limit: 10 },
  });
  for (const act of page.items) console.log(act.at, act.action);
  // #endregion
  return page;
}

async function getMetrics() {
  // #region getMetrics
  const metrics = await studio.call('getMetrics');
  const text = await metrics.text();
  // #endregion
  return text;
}

async function getOpenApi() {
  // #region getOpenApi
  const document = await studio.call('getOpenApi');
  // #endregion
  return document;
}

await getHealth();
await getReadiness();
assert.ok(Array.isArray((await listAudit()).items));
assert.match(await getMetrics(), /^# TYPE/m);
assert.equal((await getOpenApi()).openapi, '3.1.1');
