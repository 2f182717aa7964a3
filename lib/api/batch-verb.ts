import type { Actor } from '#lib/core/actor';
import type { Database } from '#lib/db/client';
import { getBatchResource } from '#lib/jobs/batches/batch-queries';
import { idFrom, routes } from './route.ts';

type BatchVerb = (db: Database, actor: Actor, id: string, now: number) => Promise<void>;

/** The methods of a route that does one thing to a batch and shows what it is then. */
export function batchVerb(apply: BatchVerb) {
  return routes<{ id: string }>({
    POST: async ({ params, db, actor, now }) => {
      const id = idFrom(params.id, 'batch');
      await apply(db, actor, id, now);
      return Response.json(await getBatchResource(db, actor, id, now));
    },
  });
}
