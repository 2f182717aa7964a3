import { describe, expect, test } from 'vitest';
import { corsHeaders, preflight } from './cors.ts';

const SITE = 'https://app.example';

function ask(path: string, origin: string | null = SITE, method = 'GET'): Request {
  return new Request(`http://studio.test${path}`, { method, headers: origin === null ? {} : { origin } });
}

describe('an answer', () => {
  test('is for no other site, unless the operator lets it in', () => {
    expect(corsHeaders(ask('/api/v1/jobs'), [])).toEqual({});
    expect(corsHeaders(ask('/api/v1/jobs', 'https://evil.example'), [SITE])).toEqual({ Vary: 'Origin' });
    expect(corsHeaders(ask('/api/v1/jobs', null), [SITE])).toEqual({ Vary: 'Origin' });
  });

  test.each([
    [[SITE, 'http://localhost:5173'], SITE],
    [['*'], '*'],
  ])('may be read where %j are let in, and never for a cookie', (origins, allowed) => {
    const headers = corsHeaders(ask('/api/v1/jobs'), origins);
    expect(headers['Access-Control-Allow-Origin']).toBe(allowed);
    for (const name of [
      'Location',
      'ETag',
      'RateLimit',
      'Retry-After',
      'X-Request-Id',
      'Idempotency-Replayed',
    ]) {
      expect(headers['Access-Control-Expose-Headers']).toContain(name);
    }
    expect(headers).not.toHaveProperty('Access-Control-Allow-Credentials');
  });

  test.each(['/health', '/ready', '/metrics', '/jobs', '/api/auth/session'])(
    'of %s is for our pages alone',
    (path) => {
      expect(corsHeaders(ask(path), ['*'])).toEqual({});
    },
  );

  test('with the document of the API may be read', () => {
    expect(corsHeaders(ask('/openapi.json'), ['*'])).toHaveProperty('Access-Control-Allow-Origin');
  });
});

describe('a browser that asks beforehand', () => {
  test('is told what a page may send', () => {
    const { status, headers } = preflight(ask('/api/v1/generate', SITE, 'OPTIONS'), [SITE]);
    expect(status).toBe(204);
    expect(headers.get('access-control-allow-origin')).toBe(SITE);
    expect(headers.get('access-control-allow-methods')).toContain('DELETE');
    for (const name of [
      'X-API-Key',
      'Authorization',
      'Idempotency-Key',
      'Prefer',
      'Last-Event-ID',
      'Range',
    ]) {
      expect(headers.get('access-control-allow-headers')).toContain(name);
    }
    expect(headers.has('access-control-allow-credentials')).toBe(false);
  });

  test.each([[[]], [['https://other.example']]])(
    'for a site that is not let in is told nothing: %j',
    (origins) => {
      const { status, headers } = preflight(ask('/api/v1/generate', SITE, 'OPTIONS'), origins);
      expect(status).toBe(204);
      expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
    },
  );
});
