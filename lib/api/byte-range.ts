import type { ByteRange } from '#lib/media/store/store';

/**
 * The one range of bytes that a `Range` header asks for (RFC 9110, section 14): null for the whole file, which is also
 * the answer to several ranges at once and to units other than bytes; `unsatisfiable` where it lies behind the end.
 */
export function parseRange(header: string | null, sizeBytes: number): ByteRange | null | 'unsatisfiable' {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '');
  if (!match) return null;
  const [from, to] = [match[1]!, match[2]!];
  if (from === '' && to === '') return null;
  if (from === '') return lastBytes(Number(to), sizeBytes);
  const start = Number(from);
  const end = to === '' ? sizeBytes - 1 : Math.min(Number(to), sizeBytes - 1);
  if (to !== '' && Number(to) < start) return null;
  return start < sizeBytes ? { start, end } : 'unsatisfiable';
}

function lastBytes(count: number, sizeBytes: number): ByteRange | 'unsatisfiable' {
  if (count === 0 || sizeBytes === 0) return 'unsatisfiable';
  return { start: Math.max(0, sizeBytes - count), end: sizeBytes - 1 };
}
