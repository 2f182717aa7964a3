/* What the reference shows of usage; the tests run it. */

import assert from 'node:assert/strict';
import { studio } from './studio.ts';

async function getUsage() {
  // #region getUsage
  const { quotas, requests } = await studio.call('getUsage');
  console.log(quotas.pending_jobs.left, requests);
  // #endregion
  return quotas;
}

assert.equal((await getUsage()).pending_jobs.used, 0);
