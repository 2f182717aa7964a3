import { expect, test } from 'vitest';
import { sampleReceipt } from '#tests/receipts';
import { readReceipt } from './receipt.ts';

test('a receipt is read back as it was written', () => {
  expect(readReceipt(JSON.stringify(sampleReceipt()))).toEqual(sampleReceipt());
});

const outsider = { role: 'image', sha256: '../../etc/passwd', width: 1, height: 1 };

test.each([
  ['no JSON', 'PNG'],
  ['another JSON', '{"version":1}'],
  ['a later version', JSON.stringify({ ...sampleReceipt(), version: 2 })],
  ['a hash that is none', JSON.stringify(sampleReceipt({ inputs: [outsider] }))],
])('%s is refused', (_, text) => {
  expect(() => readReceipt(text)).toThrow(expect.objectContaining({ code: 'validation_failed' }));
});
