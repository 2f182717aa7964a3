import { randomBytes } from 'node:crypto';
import { type NextRequest, NextResponse } from 'next/server';
import { isOpenToSites, preflight } from '#lib/api/cors';
import { pagePolicy } from '#lib/api/page-policy';
import { isDevelopment } from '#lib/config/development';
import { settings } from '#lib/config/settings';

/**
 * Asked by Next before a page is made, and when a browser asks whether another site's page may use the API. Nothing that
 * has a body comes by here, since Next would keep it in memory: requests to the API do not, and forms of pages go by the
 * policy in next.config.ts, which lets no script run.
 */
export function proxy(request: NextRequest): Response {
  if (isOpenToSites(request.nextUrl.pathname)) {
    return request.method === 'OPTIONS' ? preflight(request, settings().corsOrigins) : NextResponse.next();
  }
  const policy = pagePolicy(randomBytes(16).toString('base64'), isDevelopment);
  const headers = new Headers(request.headers);
  // Next reads the nonce from here, and writes it into every script of the page.
  headers.set('Content-Security-Policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('Content-Security-Policy', policy);
  const { hstsSeconds } = settings();
  if (hstsSeconds > 0 && request.nextUrl.protocol === 'https:') {
    response.headers.set('Strict-Transport-Security', `max-age=${hstsSeconds}`);
  }
  return response;
}

export const config = {
  matcher: [
    {
      source: '/((?!api/|_next/|health$|ready$|metrics$|openapi\\.json$).*)',
      missing: [
        { type: 'header', key: 'content-type' },
        { type: 'header', key: 'next-action' },
      ],
    },
    {
      source: '/(api/(?!auth/).*|openapi\\.json)',
      has: [{ type: 'header', key: 'access-control-request-method' }],
    },
  ],
};
