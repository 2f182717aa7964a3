import { toAppError } from '#lib/core/errors';
import { newId } from '#lib/core/ids';
import { settings } from '#lib/config/settings';
import { webLog } from '#lib/config/web-log';
import { unavailable } from '#lib/db/unavailable';
import { corsHeaders } from './cors.ts';
import { HttpProblem, problemResponse } from './problem.ts';
import { logRequest } from './request-log.ts';

/**
 * What is answered to a request, whatever happens: every error is answered as problem+json, an unexpected one as
 * `internal` after it has been logged; every answer carries a request id and, unless it says otherwise, is for pages of
 * ours alone and must not be stored. Of each, a line is logged.
 * @param respond is handed headers to set on whatever is answered
 */
export async function answering(
  request: Request,
  respond: (requestId: string, headers: Headers) => Promise<Response>,
): Promise<Response> {
  const cameAt = performance.now();
  const requestId = requestIdOf(request);
  const headers = new Headers(corsHeaders(request, settings().corsOrigins));
  const response = await respond(requestId, headers).catch((thrown: unknown) =>
    refusal(request, requestId, thrown),
  );
  for (const [name, value] of headers) response.headers.set(name, value);
  response.headers.set('X-Request-Id', requestId);
  for (const [name, value] of Object.entries(UNLESS_SAID)) {
    if (!response.headers.has(name)) response.headers.set(name, value);
  }
  logRequest(request, response, requestId, performance.now() - cameAt);
  return response;
}

const UNLESS_SAID = {
  'Cache-Control': 'private, no-store',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
};

function refusal(request: Request, requestId: string, thrown: unknown): Response {
  if (thrown instanceof HttpProblem) return problemResponse(thrown, requestId);
  const error = unavailable(thrown) ?? toAppError(thrown);
  if (error.status >= 500 && error.code !== 'not_implemented') {
    const where = { method: request.method, path: new URL(request.url).pathname };
    webLog().error({ err: error, requestId, ...where }, error.message);
  }
  return problemResponse(error, requestId);
}

/** The caller's own id for the request where it is a harmless one, so that logs on both sides agree. */
function requestIdOf(request: Request): string {
  const given = request.headers.get('x-request-id');
  return given !== null && /^[\w.-]{1,64}$/.test(given) ? given : newId();
}
