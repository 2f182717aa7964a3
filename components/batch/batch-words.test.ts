import { expect, test } from 'vitest';
import type { BatchSummary } from '#lib/jobs/batches/batch-resource';
import { batchName, countsInWords, isBatchActive } from './batch-words.ts';

function batch(counts: Partial<BatchSummary['counts']>, name: string | null = null): BatchSummary {
  const all = { pending: 0, processing: 0, completed: 0, failed: 0, cancelled: 0, refused: 0, ...counts };
  const total = Object.values(all).reduce((sum, count) => sum + count, 0);
  return { counts: all, total, name } as BatchSummary;
}

test('a batch is known by its name, or by how many photos it has', () => {
  expect(batchName(batch({ pending: 2 }, 'Holiday'))).toBe('Holiday');
  expect(batchName(batch({ pending: 2, refused: 1 }))).toBe('3 photos');
  expect(batchName(batch({ failed: 1 }))).toBe('1 photo');
});

test('states nobody is in are not counted out', () => {
  expect(countsInWords(batch({ pending: 30, completed: 12, processing: 1, refused: 1 }))).toBe(
    '12 done, 1 running, 30 waiting, 1 not taken',
  );
  expect(countsInWords(batch({}))).toBe('No photos yet');
});

test('a batch moves while one of its photos waits or runs', () => {
  expect(isBatchActive(batch({ processing: 1, failed: 3 }))).toBe(true);
  expect(isBatchActive(batch({ completed: 5, refused: 1, cancelled: 1 }))).toBe(false);
});
