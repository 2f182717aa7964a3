import '#tests/studio-folder';
import { unstable_doesMiddlewareMatch } from 'next/experimental/testing/server';
import { NextRequest } from 'next/server';
import { describe, expect, onTestFinished, test } from 'vitest';
import { settings } from '#lib/config/settings';
import nextConfig from '../../next.config.ts';
import { config, proxy } from '../../proxy.ts';

function matches(path: string, headers: Record<string, string> = {}): boolean {
  return unstable_doesMiddlewareMatch({ config, nextConfig, url: `http://studio.test${path}`, headers });
}

function answerTo(path: string, init: { method?: string; headers?: Record<string, string> } = {}): Headers {
  const address = path.startsWith('http') ? path : `http://studio.test${path}`;
  return proxy(new NextRequest(address, init)).headers;
}

/** The sources of each directive. */
function policyOf(headers: Headers): Map<string, string[]> {
  const directives = headers.get('content-security-policy')!.split('; ');
  return new Map(directives.map((directive) => [directive.split(' ')[0]!, directive.split(' ').slice(1)]));
}

const FORM = { 'content-type': 'multipart/form-data; boundary=x' };
const ASKS = { 'access-control-request-method': 'POST', origin: 'https://app.example' };

describe('what comes by the proxy', () => {
  test.each(['/', '/sign-in', '/jobs/1', '/docs', '/docs/jobs', '/nowhere'])('a page: %s', (path) => {
    expect(matches(path)).toBe(true);
  });

  test.each(['/api/v1/jobs', '/api/v1/generate', '/_next/static/a.js', '/health', '/ready', '/metrics'])(
    'not %s',
    (path) => {
      expect(matches(path)).toBe(false);
    },
  );

  test('not what has a body, which Next would keep in memory', () => {
    for (const headers of [FORM, { 'next-action': '0'.repeat(42) }])
      expect(matches('/', headers)).toBe(false);
    expect(matches('/api/v1/generate', FORM)).toBe(false);
  });

  test('the question of a browser whether a page may use the API', () => {
    for (const path of ['/api/v1/jobs', '/api/jobs/upload', '/openapi.json'])
      expect(matches(path, ASKS)).toBe(true);
    expect(matches('/api/auth/session', ASKS)).toBe(false);
  });
});

describe('a page', () => {
  test('runs no script but those with its nonce, which is another one each time', () => {
    const scripts = policyOf(answerTo('/')).get('script-src')!;
    expect(scripts).toEqual(["'self'", expect.stringMatching(/^'nonce-[\w+/]{22}=='$/), "'strict-dynamic'"]);
    expect(policyOf(answerTo('/')).get('script-src')).not.toEqual(scripts);
  });

  test('may be in no frame, and loads and sends nothing elsewhere', () => {
    const policy = policyOf(answerTo('/'));
    for (const name of ['default-src', 'object-src', 'base-uri', 'frame-ancestors']) {
      expect(policy.get(name), name).toEqual(["'none'"]);
    }
    for (const name of ['connect-src', 'form-action', 'media-src'])
      expect(policy.get(name)).toEqual(["'self'"]);
    expect(policy.get('img-src')).toEqual(["'self'", 'blob:']);
    expect(policy.get('style-src')).not.toContain("'unsafe-inline'");
  });

  test('has its nonce where Next looks for it', () => {
    const headers = answerTo('/');
    const policy = headers.get('content-security-policy');
    expect(headers.get('x-middleware-request-content-security-policy')).toBe(policy);
  });

  test('is kept to https where the operator says so, and over https alone', () => {
    settings().hstsSeconds = 3600;
    onTestFinished(() => void (settings().hstsSeconds = 0));
    const name = 'strict-transport-security';
    expect(answerTo('https://studio.test/').get(name)).toBe('max-age=3600');
    expect(answerTo('http://studio.test/').get(name)).toBeNull();
    settings().hstsSeconds = 0;
    expect(answerTo('https://studio.test/').get(name)).toBeNull();
  });
});

test('a browser is answered by the operator’s list, before any route is asked', () => {
  settings().corsOrigins = ['https://app.example'];
  onTestFinished(() => void (settings().corsOrigins = []));
  const asked = answerTo('/api/v1/generate', { method: 'OPTIONS', headers: ASKS });
  expect(asked.get('access-control-allow-origin')).toBe('https://app.example');
  // Some other request that bears the header goes on to its route.
  const other = answerTo('/api/v1/generate', { method: 'POST', headers: ASKS });
  expect(other.get('x-middleware-next')).toBe('1');
});
