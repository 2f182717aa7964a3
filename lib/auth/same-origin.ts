import { AppError } from '#lib/core/errors';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuse a request by which another site would act with a person's session (cross-site request forgery). Browsers say
 * where a request comes from in `Sec-Fetch-Site`, older ones in `Origin`; a client that says neither is no browser.
 * The rules are those of Go's `http.CrossOriginProtection`. Throws AppError `forbidden`.
 */
export function requireSameOrigin(request: Request): void {
  if (SAFE_METHODS.has(request.method) || isSameOrigin(request.headers)) return;
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
