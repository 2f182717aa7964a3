import { expect, test } from 'vitest';
import type { JobProgress } from '#lib/db/schema/job-values';
import type { Job, JobOutput } from '#lib/jobs/resource';
import { toJobResource } from '#lib/jobs/resource';
import type { JobNow } from '#lib/jobs/watch/watched-jobs';
import { NOW } from '#tests/factories';
import { eventsSince, type JobEvent } from './job-events.ts';
import { eventIdOf, positionOf } from './position.ts';

const ID = '00000000-0000-4000-8000-000000000000';
const PENDING = {
  id: ID,
  status: 'pending',
  fence: 0,
  createdAt: NOW,
  updatedAt: NOW,
  completedAt: null,
  startedAt: null,
  cancelRequestedAt: null,
  progress: null,
  held: false,
  scheduled: false,
} as Job;

function step(columns: Partial<Job>, outputNames: string[] = []): JobNow {
  const job = { ...PENDING, ...columns };
  const outputs = outputNames.map((name) => ({ name, role: 'layer' }) as JobOutput);
  const parts = { inputs: [], outputs, queuePosition: null, waitingReason: null, etaMs: null };
  return { job, resource: toJobResource(job, parts) };
}

const running = (updatedAt: number, progress: Partial<JobProgress> | null = null, fence = 1) =>
  step({ status: 'processing', fence, updatedAt, progress: progress as JobProgress | null });

const preview = (sequence: number, fence = 1) => ({ message: 'A', preview: { sequence, fence } });

const LIFE = [
  step({}),
  step({ held: true }),
  step({}),
  running(NOW + 1),
  running(NOW + 2, { message: 'A' }),
  running(NOW + 3, preview(1)),
  running(NOW + 4, preview(1)),
  running(NOW + 5, preview(2)),
  step({ fence: 1, updatedAt: NOW + 6, scheduled: true, progress: preview(2) as JobProgress }),
  running(NOW + 7, preview(2), 2),
  running(NOW + 8, preview(1, 2), 2),
  step({ status: 'completed', fence: 2, updatedAt: NOW + 9, completedAt: NOW + 9 }, ['a', 'b']),
];

/** What one hears who is told of every moment of `life`, knowing what the one with this id was told. */
function told(life: JobNow[], id: string | null = null): JobEvent[] {
  let known = positionOf(id);
  return life.flatMap((now) => {
    const events = eventsSince(known, now);
    known = events.at(-1)?.position ?? known;
    return events;
  });
}

const lines = (events: JobEvent[]) => events.map(({ name, position }) => `${name} ${eventIdOf(position)}`);

test('the whole life of a job, event by event', () => {
  expect(told(LIFE).map(({ name }) => name)).toEqual([
    'snapshot',
    'status',
    'status',
    'status',
    'progress',
    'preview',
    'progress',
    'progress',
    'preview',
    'progress',
    'status',
    'status',
    'preview',
    'progress',
    'output',
    'output',
    'status',
  ]);
});

test('every event has an id of its own', () => {
  const ids = told(LIFE).map(({ position }) => eventIdOf(position));
  // A queue that was stopped and goes on again: the job is as it was.
  expect(new Set(ids).size).toBe(ids.length - 1);
});

test('whoever comes back with any id hears the rest, without a gap or a repeat', () => {
  const all = told(LIFE);
  const lastMoment = new Map<string, number>();
  for (let moment = 0; moment < LIFE.length; moment++) {
    for (const { position } of told(LIFE.slice(0, moment + 1))) {
      const id = eventIdOf(position);
      if (!lastMoment.has(id)) lastMoment.set(id, moment);
    }
  }
  for (const [at, { position }] of all.entries()) {
    const id = eventIdOf(position);
    const first = all.findIndex((event) => eventIdOf(event.position) === id);
    if (first !== at) continue;
    expect(lines(told(LIFE.slice(lastMoment.get(id)), id))).toEqual(lines(all.slice(at + 1)));
  }
});

test('of what was missed, the latest is told, and every output', () => {
  const [{ position }] = told(LIFE.slice(0, 1)) as [JobEvent];
  const missed = told(LIFE.slice(-1), eventIdOf(position));
  expect(missed.map(({ name }) => name)).toEqual(['output', 'output', 'status']);
  const late = told([running(NOW + 5, preview(3))], eventIdOf(told(LIFE.slice(0, 4)).at(-1)!.position));
  expect(late.map(({ name }) => name)).toEqual(['preview', 'progress']);
  expect(late[0]!.data).toEqual({ preview_url: `/api/v1/jobs/${ID}/preview?v=1.3` });
});

test.each([null, '', '7', 'a.b.c.d.e', '1.2.pending.3', `1.1.${'x'.repeat(99)}.1.1`, '1.1.<b>.0.0'])(
  'what is no id of ours (%j) counts as none',
  (id) => {
    expect(told(LIFE.slice(0, 1), id).map(({ name }) => name)).toEqual(['snapshot']);
  },
);
