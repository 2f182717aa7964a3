import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { adler32 } from './adler32.ts';

test('is the checksum at the end of a zlib stream, in one go or piece by piece', () => {
  const bytes = Uint8Array.from({ length: 100_000 }, (_, i) => (i * i) % 256).fill(255, 30_000);
  const wanted = deflateSync(bytes).readUInt32BE(deflateSync(bytes).length - 4);
  expect(adler32(bytes)).toBe(wanted);
  expect(adler32(bytes.subarray(41_234), adler32(bytes.subarray(0, 41_234)))).toBe(wanted);
});
