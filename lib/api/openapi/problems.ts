import { ERROR_CODES, type ErrorCode } from '#lib/core/errors';
import { ERROR_MEANINGS } from '../error-meanings.ts';
import type { Operation } from '../operation.ts';

const READING: readonly ErrorCode[] = ['bad_request', 'unsupported_media_type', 'payload_too_large'];

/** What can be wrong with a picture, and with keeping it. */
const PICTURES: readonly ErrorCode[] = [
  'image_unreadable',
  'image_type_mismatch',
  'image_dimensions',
  'image_animated',
  'storage_full',
];

const RANGE = 'range_not_satisfiable';

/** The codes of all that can go wrong with an operation, by status. */
export function problemsOf(operation: Operation): Map<number, string[]> {
  const byStatus = new Map<number, string[]>();
  const codes = new Set([...usual(operation), ...operation.problems]);
  for (const code of codes) {
    const { status } = ERROR_CODES[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  // Whoever sends a part of a file can be asked for one that it does not have.
  if (206 in operation.answers) byStatus.set(416, [RANGE]);
  return new Map([...byStatus].toSorted(([a], [b]) => a - b));
}

/** A code, and what it says, in Markdown. */
export function toldProblem(code: string): string {
  const meaning = code === RANGE ? 'The file has no such part.' : ERROR_MEANINGS[code as ErrorCode];
  return `\`${code}\`: ${meaning}`;
}

/** What can go wrong with any operation of its kind. */
function usual({ access, budget, params, query, body, idempotent }: Operation): ErrorCode[] {
  const isParametric = Object.keys({ ...params.shape, ...query.shape }).length > 0;
  return [
    ...(body ? READING : []),
    ...(access === 'public' ? [] : (['unauthenticated', 'forbidden'] as const)),
    ...(Object.keys(params.shape).length > 0 ? (['not_found'] as const) : []),
    ...(access !== 'public' || isParametric ? (['validation_failed', 'unavailable'] as const) : []),
    ...(body?.kind === 'submission' ? PICTURES : []),
    ...(idempotent ? (['bad_request', 'idempotency_mismatch', 'idempotency_in_flight'] as const) : []),
    ...(budget === 'none' ? [] : (['rate_limited'] as const)),
    'internal',
  ];
}
