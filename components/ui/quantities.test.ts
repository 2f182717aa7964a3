import { expect, test } from 'vitest';
import { formatBytes as formatInCore } from '#lib/core/format-bytes';
import { formatBytes, formatDuration } from './quantities.ts';

test.each([
  [0, '0.0 s'],
  [420, '0.4 s'],
  [9_949, '9.9 s'],
  [9_960, '10 s'],
  [59_400, '59 s'],
  [59_600, '1 min 0 s'],
  [119_700, '2 min 0 s'],
  [200_000, '3 min 20 s'],
])('%d ms reads %s', (ms, words) => {
  expect(formatDuration(ms)).toBe(words);
});

const KB = 1024;
const MB = KB * KB;

test.each([812, 37 * KB, MB - 1, 2.3 * MB, 10 * MB, 250.4 * MB, 2.5 * KB * MB])(
  'a page says %d bytes as the rest of the studio does',
  (bytes) => {
    expect(formatBytes(bytes)).toBe(formatInCore(bytes));
  },
);
