import { getPathMatch } from 'next/dist/shared/lib/router/utils/path-match';
import { unstable_getResponseFromNextConfig } from 'next/experimental/testing/server';
import { describe, expect, test } from 'vitest';
import nextConfig from '../../next.config.ts';

async function answerTo(path: string): Promise<Headers> {
  const { headers } = await unstable_getResponseFromNextConfig({
    url: `http://studio.test${path}`,
    nextConfig,
  });
  return headers;
}

describe('what a browser is told of every answer', () => {
  test.each(['/', '/sign-in', '/jobs/1', '/api/v1/jobs', '/health'])('%s', async (path) => {
    const headers = await answerTo(path);
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  test.each(['/', '/sign-in', '/jobs/1'])('the page %s is for itself alone', async (path) => {
    const headers = await answerTo(path);
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(headers.get('referrer-policy')).toBe('same-origin');
    expect(headers.get('permissions-policy')).toContain('camera=()');
    expect(headers.get('permissions-policy')).not.toMatch(
      /gyroscope|accelerometer|clipboard-write|fullscreen/,
    );
  });

  test('a page that was not asked for by the proxy runs no script at all', async () => {
    const policy = (await answerTo('/')).get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('script-src');
  });

  test('a file keeps the stricter policies that it comes with', async () => {
    for (const path of ['/api/v1/jobs/1/outputs/layers.psd', '/api/v1/uploads/1/content']) {
      const headers = await answerTo(path);
      for (const name of ['content-security-policy', 'cross-origin-resource-policy', 'referrer-policy']) {
        expect(headers.has(name), name).toBe(false);
      }
    }
  });
});

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

async function rewritten(path: string): Promise<string | null> {
  const to = (await answerTo(path)).get('x-middleware-rewrite');
  return to && to.replace('http://studio.test', '');
}

describe('an address that Next cannot read goes to the answer for addresses that are none', () => {
  test.each([
    '/api/v1/jobs/%ff',
    '/api/v1/%ff',
    '/api/v1/jobs/%',
    '/api/v1/jobs/%ff/outputs/a.png',
    '/%ff',
    '/jobs/%FF',
    '/batches/%zz',
    '/jobs/%c3',
    '/jobs/%c3%bc%e2%82',
  ])('%s', async (path) => {
    expect(await rewritten(path)).toBe('/api/v1');
  });

  test.each(['/', '/api/v1/jobs', '/api/v1/jobs/a%20b', '/jobs/%C3%BC', '/jobs/%e2%82%ac/%F0%9F%98%80'])(
    '%s is read',
    async (path) => {
      expect(await rewritten(path)).toBeNull();
    },
  );

  test('what cannot be read is what cannot be decoded', async () => {
    const bytes = [
      0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xed, 0xef, 0xf0,
    ];
    const encoded = [...bytes, 0xf4, 0xf5, 0xff].map((byte) => `%${byte.toString(16)}`);
    const units = encoded.flatMap((a) =>
      encoded.flatMap((b) => [a + b, ...['%80', '%bf'].map((c) => a + b + c)]),
    );
    const paths = [...units, ...units.map((unit) => `${unit}%80`)];
    const rewrites = await nextConfig.rewrites!();
    const [unreadable] = Array.isArray(rewrites) ? rewrites : rewrites.beforeFiles!;
    const match = getPathMatch(unreadable!.source, { strict: true });
    expect(paths.filter((path) => (match(`/jobs/${path}`) === false) !== isDecodable(path))).toEqual([]);
  });
});

const ID = '0198a7b2-1c3d-7e4f-8a5b-6c7d8e9f0a1b';

describe('what addresses were called before leads to what they are called now', () => {
  test.each([
    [`/api/v1/status/${ID}`, `/api/v1/jobs/${ID}`],
    [`/api/v1/cancel/${ID}`, `/api/v1/jobs/${ID}/cancel`],
    [`/api/v1/queue/${ID}/cancel`, `/api/v1/jobs/${ID}/cancel`],
    [`/api/v1/queue/${ID}`, `/api/v1/jobs/${ID}`],
    ['/api/v1/queue/add', '/api/v1/generate'],
    ['/api/v1/queue/status?limit=1', '/api/v1/queue?limit=1'],
    ['/api/v1/queue/process', '/api/v1/queue/start'],
    ['/api/jobs?status=failed', '/api/v1/jobs?status=failed'],
    ['/api/jobs/upload', '/api/v1/generate'],
    [`/api/jobs/${ID}`, `/api/v1/jobs/${ID}`],
    [`/api/jobs/${ID}/cancel`, `/api/v1/jobs/${ID}/cancel`],
    [`/api/jobs/${ID}/retry`, `/api/v1/jobs/${ID}/retry`],
    [`/api/jobs/${ID}/events`, `/api/v1/jobs/${ID}/events`],
    [`/api/jobs/${ID}/archive`, `/api/v1/jobs/${ID}/archive`],
    [`/api/jobs/${ID}/outputs/a.png`, `/api/v1/jobs/${ID}/outputs/a.png`],
    [`/api/jobs/${ID}/download/a.png?download=1`, `/api/v1/jobs/${ID}/outputs/a.png?download=1`],
  ])('%s', async (before, now) => {
    expect(await rewritten(before)).toBe(now);
  });

  test.each(['queue', 'queue/poll', 'queue/start', 'queue/stop', 'queue/clear', 'generate', 'jobs'])(
    '/api/v1/%s stays what it is',
    async (path) => {
      expect(await rewritten(`/api/v1/${path}`)).toBeNull();
    },
  );
});
