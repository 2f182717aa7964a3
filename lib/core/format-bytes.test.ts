import { expect, test } from 'vitest';
import { formatBytes, formatBytesOf } from './format-bytes.ts';

const MIB = 1024 * 1024;

test.each([
  [0, '0 B'],
  [1023, '1023 B'],
  [1024, '1 kB'],
  [37.4 * 1024, '37 kB'],
  [MIB - 1, '1.0 MB'],
  [10 * MIB, '10 MB'],
  [2.34 * MIB, '2.3 MB'],
  [123.4 * MIB, '123 MB'],
  [5.5 * 1024 * MIB, '5.5 GB'],
  [3000 * 1024 ** 4, '3000 TB'],
])('%d bytes are %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test.each([
  [0, 49 * MIB, '0 of 49 MB'],
  [812 * 1024, 49 * MIB, '812 kB of 49 MB'],
  [12 * MIB, 49 * MIB, '12 of 49 MB'],
  [1.5 * MIB, 2048 * MIB, '1.5 MB of 2 GB'],
])('%d of %d bytes are %s', (bytes, total, text) => {
  expect(formatBytesOf(bytes, total)).toBe(text);
});
