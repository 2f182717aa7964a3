import type { z } from 'zod';
import { callerFromRequest } from '#lib/auth/request-actor';
import { type Caller, requireScope } from '#lib/auth/caller';
import type { Actor } from '#lib/core/actor';
import { systemClock } from '#lib/core/clock';
import { notFound } from '#lib/core/errors';
import type { Database } from '#lib/db/client';
import { database } from '#lib/db/connection';
import { fileStore } from '#lib/media/store/storage';
import type { FileStore } from '#lib/media/store/store';
import { answering } from './answering.ts';
import { jsonBody } from './json-body.ts';
import { limitRequest } from './limits.ts';
import { measured } from './metrics/requests.ts';
import { type Method, METHODS, type Operation } from './operation.ts';
import { HttpProblem } from './problem.ts';
import { queryOf } from './query.ts';
import { noteForLog } from './request-log.ts';
import { actorOfLink } from './signed-link.ts';

/** What any handler works with. */
export interface Call<O extends Operation = Operation> {
  request: Request;
  /** For logs, and for the caller's. */
  requestId: string;
  params: z.output<O['params']>;
  query: z.output<O['query']>;
  body: O['body'] extends { kind: 'json'; schema: infer S extends z.ZodType } ? z.output<S> : undefined;
  db: Database;
  store: FileStore;
  /** When the request came, epoch milliseconds. */
  now: number;
}

/** What a handler works with that acts for somebody. Owners' things are read and changed by an actor alone. */
export interface ActorCall<O extends Operation = Operation> extends Call<O> {
  actor: Actor;
  caller: Caller;
}

/** What a handler works with that also serves whoever holds a signed link: its actor is then the owner of the file. */
export interface LinkCall<O extends Operation = Operation> extends Call<O> {
  actor: Actor;
  /** Null where a link was shown. */
  caller: Caller | null;
}

type CallOf<O extends Operation> = O['access'] extends 'public'
  ? Call<O>
  : O['signedLinks'] extends true
    ? LinkCall<O>
    : ActorCall<O>;

/** An operation and what carries it out. */
export interface Served {
  operation: Operation;
  /** `headers` go with the answer, whatever it is. */
  respond(request: Request, requestId: string, params: unknown, headers: Headers): Promise<Response>;
}

type NextRoute = ((request: Request, context: { params: Promise<unknown> }) => Promise<Response>) & {
  operation?: Operation;
};

/** Carry an operation out by `handler`, which is asked once everything that was declared holds. */
export function serve<O extends Operation>(
  operation: O,
  handler: (call: CallOf<O>) => Promise<Response>,
): Served {
  const respond: Served['respond'] = async (request, requestId, params, headers) => {
    const db = await database();
    const now = systemClock();
    const linked = operation.signedLinks ? await linkedActor(db, operation, request, params, now) : null;
    const caller = linked ? null : await callerOf(db, operation, request, now);
    if (caller) noteForLog(request, { caller });
    await limitRequest(db, operation.budget, caller, headers, now);
    const call = {
      request,
      requestId,
      db,
      store: fileStore(),
      now,
      caller,
      actor: linked ?? caller?.actor,
      params: paramsOf(operation, params),
      query: queryOf(request, operation.query),
      body: operation.body?.kind === 'json' ? await jsonBody(request, operation.body.schema) : undefined,
    };
    return handler(call as unknown as CallOf<O>);
  };
  return { operation, respond };
}

/** Who asks, where that matters. Throws as `callerFromRequest` and `requireScope` do. */
async function callerOf(
  db: Database,
  { access }: Operation,
  request: Request,
  now: number,
): Promise<Caller | null> {
  if (access === 'public') return null;
  const caller = await callerFromRequest(db, request, now);
  requireScope(caller, access);
  return caller;
}

/** Whose file a signed link leads to; null where there is none. Throws as `actorOfLink` does. */
async function linkedActor(
  db: Database,
  operation: Operation,
  request: Request,
  params: unknown,
  now: number,
): Promise<Actor | null> {
  const file = paramsOf(operation, params) as { id: string; name: string };
  return actorOfLink(db, request, file, now);
}

/** The same of what anybody may ask and no database is asked for: it is answered whatever state the studio is in. */
export function serveAlone(operation: Operation, handler: (request: Request) => Promise<Response>): Served {
  return { operation, respond: handler };
}

/** A route's methods. One that is not among them is answered 405. */
export function routes(...served: Served[]): Record<Method, NextRoute> {
  const byMethod = new Map(served.map((one) => [one.operation.method, one]));
  const entries = METHODS.map((method) => [method, routeOf(method, byMethod)]);
  return Object.fromEntries(entries) as Record<Method, NextRoute>;
}

function routeOf(method: Method, byMethod: ReadonlyMap<Method, Served>): NextRoute {
  const one = byMethod.get(method);
  const route: NextRoute = (request, context) =>
    measured(one?.operation.id ?? 'none', () =>
      answering(request, async (requestId, headers) => {
        if (!one) throw methodNotAllowed(method, [...byMethod.keys()]);
        return one.respond(request, requestId, await context.params, headers);
      }),
    );
  return one ? Object.assign(route, { operation: one.operation }) : route;
}

/** What does not fit the declaration is looked for by no query. */
function paramsOf({ params, thing }: Operation, given: unknown): unknown {
  // Next hands on nothing at all for an address without parts.
  const parsed = params.safeParse(given ?? {});
  if (!parsed.success) throw notFound(thing);
  return parsed.data;
}

function methodNotAllowed(method: Method, allowed: Method[]): HttpProblem {
  // Next answers HEAD by GET.
  const headers = { Allow: allowed.join(', ').replace('GET', 'GET, HEAD') };
  return new HttpProblem(405, 'method_not_allowed', `${method} does nothing here.`, headers);
}
