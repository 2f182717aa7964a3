import { expect, test } from 'vitest';
import type { JobResource } from '#lib/jobs/resource';
import { queueRows, summary } from './summary.ts';

function job(id: string, columns: Partial<JobResource> = {}): JobResource {
  return { id, status: 'pending', batch_id: null, ...columns } as JobResource;
}

test('a batch is one row, where its first job stands', () => {
  const [a, b, c, d] = [job('a'), job('b', { batch_id: 'x' }), job('c'), job('d', { batch_id: 'x' })];
  expect(queueRows([a, b, c, d])).toEqual([{ job: a }, { batchId: 'x', jobs: [b, d] }, { job: c }]);
});

test('what runs and what waits is counted out', () => {
  expect(summary([])).toBe('Nothing running');
  expect(summary([job('a', { status: 'processing' }), job('b'), job('c')])).toBe('1 running, 2 waiting');
});
