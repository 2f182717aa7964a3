/* What pages of other sites may do with the API: use it with a key, and never with a session. */

const METHODS = 'GET, HEAD, POST, PUT, PATCH, DELETE';
const REQUEST_HEADERS = [
  'Authorization',
  'Content-Type',
  'Idempotency-Key',
  'If-None-Match',
  'If-Range',
  'Last-Event-ID',
  'Prefer',
  'Range',
  'X-API-Key',
  'X-Request-Id',
].join(', ');
const ANSWER_HEADERS = [
  'Accept-Ranges',
  'Content-Disposition',
  'Content-Range',
  'ETag',
  'Idempotency-Replayed',
  'Location',
  'Preference-Applied',
  'RateLimit',
  'RateLimit-Policy',
  'Retry-After',
  'X-Request-Id',
].join(', ');
/** How long a browser may go by what it was told. */
const KEPT_SECONDS = '7200';

/** Where the rules hold. The session's own routes and what is for the operator's tools are for no other site's page. */
export function isOpenToSites(path: string): boolean {
  return (path.startsWith('/api/') && !path.startsWith('/api/auth/')) || path === '/openapi.json';
}

/**
 * What an answer says to a page of another site. There is no `Access-Control-Allow-Credentials`, so that no browser
 * shows it an answer that was given for a cookie.
 * @param origins that are let in; `*` lets in every one
 */
export function corsHeaders(request: Request, origins: readonly string[]): Record<string, string> {
  if (origins.length === 0 || !isOpenToSites(new URL(request.url).pathname)) return {};
  const exposed = { 'Access-Control-Expose-Headers': ANSWER_HEADERS };
  if (origins.includes('*')) return { 'Access-Control-Allow-Origin': '*', ...exposed };
  const origin = request.headers.get('origin');
  if (origin === null || !origins.includes(origin)) return { Vary: 'Origin' };
  return { 'Access-Control-Allow-Origin': origin, Vary: 'Origin', ...exposed };
}

/** The answer to a browser that asks, before a request, whether a page may make it. */
export function preflight(request: Request, origins: readonly string[]): Response {
  const { 'Access-Control-Expose-Headers': _, ...headers } = corsHeaders(request, origins);
  const isAllowed = 'Access-Control-Allow-Origin' in headers;
  const allowed = {
    'Access-Control-Allow-Methods': METHODS,
    'Access-Control-Allow-Headers': REQUEST_HEADERS,
    'Access-Control-Max-Age': KEPT_SECONDS,
  };
  return new Response(null, { status: 204, headers: { ...headers, ...(isAllowed ? allowed : {}) } });
}
