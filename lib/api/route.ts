import type { Actor } from '#lib/core/actor';
import { systemClock } from '#lib/core/clock';
import { notFound, toAppError } from '#lib/core/errors';
import { isId, newId } from '#lib/core/ids';
import { actorFromRequest } from '#lib/auth/request-actor';
import { webLog } from '#lib/config/web-log';
import type { Database } from '#lib/db/client';
import { database } from '#lib/db/connection';
import { unavailable } from '#lib/db/unavailable';
import { fileStore } from '#lib/media/store/storage';
import type { FileStore } from '#lib/media/store/store';
import { HttpProblem, problemResponse } from './problem.ts';

type Params = Record<string, string | string[]>;

/** What a public handler works with. */
export interface Call<P extends Params = Params> {
  request: Request;
  params: P;
  db: Database;
  store: FileStore;
  /** When the request came, epoch milliseconds. */
  now: number;
}

/** What a handler works with that acts for somebody. */
export interface ActorCall<P extends Params = Params> extends Call<P> {
  actor: Actor;
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
type Method = (typeof METHODS)[number];
type Handlers<C> = Partial<Record<Method, (call: C) => Promise<Response>>>;
type NextRoutes<P> = Record<Method, (request: Request, context: { params: Promise<P> }) => Promise<Response>>;

/** A route's methods for authenticated callers. A method that is not among them is answered 405. */
export function routes<P extends Params>(handlers: Handlers<ActorCall<P>>): NextRoutes<P> {
  return publicRoutes(
    mapHandlers(handlers, (handler) => async (call: Call<P>) => {
      const actor = await actorFromRequest(call.db, call.request, call.now);
      return handler({ ...call, actor });
    }),
  );
}

/**
 * The same for anybody. Every error a handler throws is answered as problem+json, an unexpected one as `internal` after
 * it has been logged; every answer carries a request id and, unless it says otherwise, must not be stored.
 */
export function publicRoutes<P extends Params>(handlers: Handlers<Call<P>>): NextRoutes<P> {
  const answer = (method: Method) => async (request: Request, context: { params: Promise<P> }) => {
    const requestId = requestIdOf(request);
    const handler = handlers[method] ?? refuseMethod(method, Object.keys(handlers));
    const response = await handle(handler, request, context.params, requestId);
    response.headers.set('X-Request-Id', requestId);
    if (!response.headers.has('Cache-Control')) response.headers.set('Cache-Control', 'private, no-store');
    return response;
  };
  return Object.fromEntries(METHODS.map((method) => [method, answer(method)])) as NextRoutes<P>;
}

/** An id from the path. Throws `not_found` for anything that is none, before a query sees it. */
export function idFrom(given: string, what: string): string {
  if (!isId(given)) throw notFound(what);
  return given.toLowerCase();
}

async function handle<P extends Params>(
  handler: (call: Call<P>) => Promise<Response>,
  request: Request,
  params: Promise<P>,
  requestId: string,
): Promise<Response> {
  try {
    const now = systemClock();
    return await handler({ request, params: await params, db: await database(), store: fileStore(), now });
  } catch (thrown) {
    if (thrown instanceof HttpProblem) return problemResponse(thrown, requestId);
    const error = unavailable(thrown) ?? toAppError(thrown);
    if (error.status >= 500) {
      const where = { method: request.method, path: new URL(request.url).pathname };
      webLog().error({ err: error, requestId, ...where }, error.message);
    }
    return problemResponse(error, requestId);
  }
}

function refuseMethod(method: Method, allowed: string[]): () => Promise<Response> {
  const message = `${method} does nothing here.`;
  // Next answers HEAD by GET.
  const headers = { Allow: allowed.join(', ').replace('GET', 'GET, HEAD') };
  return () => Promise.reject(new HttpProblem(405, 'method_not_allowed', message, headers));
}

/** The caller's own id for the request where it is a harmless one, so that logs on both sides agree. */
function requestIdOf(request: Request): string {
  const given = request.headers.get('x-request-id');
  return given !== null && /^[\w.-]{1,64}$/.test(given) ? given : newId();
}

function mapHandlers<A, B>(
  handlers: Handlers<A>,
  change: (handler: (call: A) => Promise<Response>) => (call: B) => Promise<Response>,
): Handlers<B> {
  const entries = Object.entries(handlers).map(([method, handler]) => [method, change(handler)]);
  return Object.fromEntries(entries) as Handlers<B>;
}
