import { headers } from 'next/headers';
import { record } from '#lib/audit/log';
import type { Actor } from '#lib/core/actor';
import { systemClock } from '#lib/core/clock';
import { database } from '#lib/db/connection';
import type { Act } from './audit.ts';
import { clientAddress } from './client-address.ts';

/** Put down what somebody has done at the dashboard: for server actions. Never rejects for the log's sake. */
export async function recordAction({ userId }: Pick<Actor, 'userId'>, act: Act): Promise<void> {
  const address = clientAddress(await headers());
  await record(await database(), { ...act, actorId: userId, address, requestId: null }, systemClock());
}
