import { unstable_getResponseFromNextConfig } from 'next/experimental/testing/server';
import { describe, expect, test } from 'vitest';
import nextConfig from '../../next.config.ts';

const FRAMES = "frame-ancestors 'none'";

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
    expect(headers.get('referrer-policy')).toBe('same-origin');
  });

  test('a page may be in no frame, and a file keeps the stricter policy that it comes with', async () => {
    for (const path of ['/', '/sign-in', '/jobs/1']) {
      expect((await answerTo(path)).get('content-security-policy')).toBe(FRAMES);
    }
    for (const path of ['/api/v1/jobs/1/outputs/layers.psd', '/api/v1/uploads/1/content']) {
      expect((await answerTo(path)).has('content-security-policy')).toBe(false);
    }
  });
});

describe('an API address that Next cannot read goes to the answer for addresses that are none', () => {
  test.each(['/api/v1/jobs/%ff', '/api/v1/%ff', '/api/v1/jobs/%', '/api/v1/jobs/%ff/outputs/a.png'])(
    '%s',
    async (path) => {
      expect((await answerTo(path)).get('x-middleware-rewrite')).toBe('http://studio.test/api/v1');
    },
  );

  test.each(['/api/v1/jobs', '/api/v1/jobs/a%20b', '/jobs/%C3%BC'])('%s is read', async (path) => {
    expect((await answerTo(path)).get('x-middleware-rewrite')).toBeNull();
  });
});
