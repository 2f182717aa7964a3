import { beforeEach, expect, test } from 'vitest';
import type { RunningJob } from '#lib/jobs/resource';
import { LeaseWatch } from './lease-watch.ts';

const LEASE_MS = 100;
let watch: LeaseWatch;

beforeEach(() => {
  watch = new LeaseWatch();
});

function running(id: string, columns: Partial<RunningJob> = {}): RunningJob {
  const held = { workerId: 'worker', fence: 1, leaseExpiresAt: 0 };
  return { id, ...held, attempt: 1, rescues: 0, progress: null, ...columns };
}

const runOut = (at: number, ...jobs: RunningJob[]) => watch.runOut(jobs, LEASE_MS, at).map(({ id }) => id);

test('a lease that nobody renews runs out after its time, whatever date it bears', () => {
  const ancient = running('ancient', { leaseExpiresAt: 0 });
  const future = running('future', { leaseExpiresAt: Number.MAX_SAFE_INTEGER });
  expect(runOut(0, ancient, future)).toEqual([]);
  expect(runOut(99, ancient, future)).toEqual([]);
  expect(runOut(100, ancient, future)).toEqual(['ancient', 'future']);
});

test('one that is renewed does not, even by a clock that was set back', () => {
  for (const [step, leaseExpiresAt] of [500, 600, 20, 120].entries())
    expect(runOut(step * 99, running('job', { leaseExpiresAt }))).toEqual([]);
});

test('a job that was claimed anew, or seen again later, gets the whole time', () => {
  expect(runOut(0, running('job'))).toEqual([]);
  expect(runOut(150, running('job', { fence: 2 }))).toEqual([]);
  expect(runOut(200)).toEqual([]);
  expect(runOut(300, running('job', { fence: 2 }))).toEqual([]);
  expect(runOut(400, running('job', { fence: 2 }))).toEqual(['job']);
});
