import { AppError } from '#lib/core/errors';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuse a request by which another site would act with a person's session (cross-site request forgery). Browsers say
 * where a request comes from in `Sec-Fetch-Site`, older ones in `Origin`; a client that says neither is no browser.
 * The rules are those of Go's `http.CrossOriginProtection`; besides, what only reads is refused where a script of another
 * site asks, as it could where the operator lets that site use the API: for keys. Throws AppError `forbidden`.
 */
export function requireSameOrigin(request: Request): void {
  const { headers, method } = request;
  if (isSameOrigin(headers) || (SAFE_METHODS.has(method) && !headers.has('origin'))) return;
  throw new AppError('forbidden', 'This request comes from another site.', {
    suggestion: 'Programs authenticate with an API key instead of a session.',
  });
}

function isSameOrigin(headers: Headers): boolean {
  const site = headers.get('sec-fetch-site');
  if (site !== null) return site === 'same-origin' || site === 'none';
  const origin = headers.get('origin');
  if (origin === null) return true;
  const hosts = [headers.get('x-forwarded-host'), headers.get('host')];
  return URL.canParse(origin) && hosts.includes(new URL(origin).host);
}
