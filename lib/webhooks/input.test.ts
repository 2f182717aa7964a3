import { describe, expect, test } from 'vitest';
import { checkWebhookUrl } from './input.ts';

describe('the address of a webhook', () => {
  test.each([
    ['https://example.com/hooks?a=1', 'https://example.com/hooks?a=1'],
    ['HTTPS://Example.COM', 'https://example.com/'],
    ['https://93.184.216.34:8443/', 'https://93.184.216.34:8443/'],
  ])('%s is taken', (given, taken) => {
    expect(checkWebhookUrl(given, false)).toBe(taken);
  });

  test.each([
    'example.com/hooks',
    'http://example.com/',
    'ftp://example.com/',
    'https://name:password@example.com/',
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://192.168.1.4/',
    'https://[::1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://169.254.169.254/latest',
  ])('%s is refused', (given) => {
    expect(() => checkWebhookUrl(given, false)).toThrow(
      expect.objectContaining({
        code: 'validation_failed',
        fields: [expect.objectContaining({ pointer: '/url' })],
      }),
    );
  });

  test('may lead inside, and by http, where the operator allows it', () => {
    expect(checkWebhookUrl('http://127.0.0.1:9000/', true)).toBe('http://127.0.0.1:9000/');
    expect(() => checkWebhookUrl('file:///etc/passwd', true)).toThrow('begins with https://');
  });
});
