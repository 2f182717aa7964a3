import type { Actor } from '#lib/core/actor';
import type { Database } from '#lib/db/client';
import { getBatchResource } from '#lib/jobs/batches/batch-queries';
import type { cancelBatch } from './operations/batches.ts';
import { type Operation } from './operation.ts';
import { routes, serve } from './serve.ts';

type BatchVerb = (db: Database, actor: Actor, id: string, now: number) => Promise<void>;

/** The methods of a route that does one thing to a batch and shows what it is then. */
export function batchVerb(
  operation: Operation & Pick<typeof cancelBatch, 'access' | 'params'>,
  apply: BatchVerb,
) {
  return routes(
    serve(operation, async ({ params, db, actor, now }) => {
      await apply(db, actor, params.id, now);
      return Response.json(await getBatchResource(db, actor, params.id, now));
    }),
  );
}
