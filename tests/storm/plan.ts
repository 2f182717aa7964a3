import type { MISHAPS } from '#lib/pipelines/drill';
import { Random } from './random.ts';

export interface StormSize {
  jobs: number;
  kills: number;
  workers: number;
}

/** A job as it will be sent. */
export interface PlannedJob {
  /** Which of the accounts sends it. */
  owner: number;
  params: { steps: number; step_ms: number; fail: (typeof MISHAPS)[number] };
  /** Which of the pictures goes with it, if any. */
  picture: number | null;
  priority: number;
  /** Sent under an Idempotency-Key, and then again until there is an answer. */
  keyed: boolean;
}

/** Jobs, owners and workers are named by their numbers, from 0. */
export type Action =
  /** One job, or several as a batch. */
  | { do: 'submit'; jobs: number[] }
  | { do: 'cancel' | 'retry' | 'delete'; job: number }
  /** As soon as it runs, if that is before long. */
  | { do: 'cancel running'; job: number }
  /** Stops or starts an owner's queue. */
  | { do: 'stop' | 'start'; owner: number }
  /** Of the batch that the job is one of. */
  | { do: 'pause' | 'resume'; job: number }
  | { do: 'kill'; victim: 'worker' | 'runner'; worker: number }
  | { do: 'kill'; victim: 'web' }
  | { do: 'freeze'; worker: number }
  | { do: 'shift clock'; worker: number; byMs: number };

export interface Step {
  /** How much has to have been seen to happen in the workers before; see `ProcessLogs`. */
  after: number;
  action: Action;
}

export interface Plan {
  jobs: PlannedJob[];
  steps: Step[];
}

export const OWNERS = 3;
export const PICTURES = 4;
const LONGEST_BURST = 12;
const LARGEST_BATCH = 6;
const LARGEST_JUMP_MS = 10 * 60_000;
/** What the workers report of a job that meets with nothing: a claim, three stages that start and end, and the end. */
const EVENTS_PER_JOB = 8;

/** All that will be done in a storm, and when: the same for the same seed and size. */
export function makePlan(seed: number, size: StormSize): Plan {
  const random = new Random(seed);
  const jobs = Array.from({ length: size.jobs }, () => planJob(random));
  const end = size.jobs * EVENTS_PER_JOB;
  const submissions = planSubmissions(random, jobs, end);
  const steps = [
    ...submissions,
    ...planRequests(random, submissions, end),
    ...planKills(random, submissions, size, end),
    ...planOddities(random, size, end),
    ...planStops(random, end),
  ];
  return { jobs, steps: steps.toSorted((a, b) => a.after - b.after) };
}

function planJob(random: Random): PlannedJob {
  return {
    owner: random.whole(0, OWNERS - 1),
    params: {
      steps: random.whole(1, 30),
      step_ms: random.whole(0, 40),
      fail: random.weighted({ none: 76, once: 8, crash: 6, always: 5, poison: 5 }),
    },
    picture: random.chance(0.3) ? random.whole(0, PICTURES - 1) : null,
    priority: random.chance(0.2) ? random.whole(-10, 0) : 0,
    keyed: random.chance(0.7),
  };
}

/** In bursts, and most of them early, so that there is always something to run. */
function planSubmissions(random: Random, jobs: PlannedJob[], end: number): Step[] {
  const steps: Step[] = [];
  let after = 0;
  let left = LONGEST_BURST;
  for (let job = 0; job < jobs.length;) {
    const members = random.chance(0.08) ? random.whole(2, LARGEST_BATCH) : 1;
    const numbers = [...jobs.keys()].slice(job, job + members);
    if (numbers.length > 1) alignBatch(random, jobs, numbers);
    steps.push({ after, action: { do: 'submit', jobs: numbers } });
    job += numbers.length;
    if (--left > 0) continue;
    after = random.whole(0, Math.round(end / 3));
    left = random.whole(1, LONGEST_BURST);
  }
  return steps;
}

/** Jobs of one batch are sent by one owner, under one setting, each with a picture. */
function alignBatch(random: Random, jobs: PlannedJob[], numbers: number[]): void {
  const first = jobs[numbers[0]!]!;
  for (const number of numbers)
    jobs[number] = { ...first, keyed: true, picture: random.whole(0, PICTURES - 1) };
}

/** What people ask of jobs they sent. A job may be asked for several things, in this order. */
function planRequests(random: Random, submissions: Step[], end: number): Step[] {
  return submissions.flatMap(({ after, action }) => {
    const jobs = action.do === 'submit' ? action.jobs : [];
    const ofEach = jobs.flatMap((job) => planAsked(random, job, after, end));
    return jobs.length > 1 ? [...ofEach, ...planPause(random, jobs[0]!, after, end)] : ofEach;
  });
}

function planAsked(random: Random, job: number, sentAfter: number, end: number): Step[] {
  const steps: Step[] = [];
  let after = sentAfter;
  for (const request of ['cancel running', 'cancel', 'retry', 'delete'] as const) {
    if (!random.chance(0.12)) continue;
    after = request === 'cancel running' ? after : random.whole(after, end);
    steps.push({ after, action: { do: request, job } });
  }
  return steps;
}

/** A batch is paused for a while. */
function planPause(random: Random, job: number, sentAfter: number, end: number): Step[] {
  const pause = random.whole(sentAfter, end);
  const resume = random.whole(pause, end);
  return [
    { after: pause, action: { do: 'pause', job } },
    { after: resume, action: { do: 'resume', job } },
  ];
}

/** At any time; every other web process while jobs are being sent. One of each kind at least. */
function planKills(random: Random, submissions: Step[], { kills, workers }: StormSize, end: number): Step[] {
  return Array.from({ length: kills }, (_, index): Step => {
    const victims = ['worker', 'runner', 'web'] as const;
    const victim = victims[index] ?? random.weighted({ worker: 50, runner: 25, web: 25 });
    const worker = random.whole(0, workers - 1);
    if (victim !== 'web') return sometime(random, end, { do: 'kill', victim, worker });
    const whileSending = random.chance(0.5);
    return whileSending
      ? { after: random.pick(submissions).after, action: { do: 'kill', victim } }
      : sometime(random, end, { do: 'kill', victim });
  });
}

/** Workers that stand still until they have lost their job, and workers whose clock is set. */
function planOddities(random: Random, { kills, workers }: StormSize, end: number): Step[] {
  const someWorker = () => random.whole(0, workers - 1);
  const freezes = Array.from({ length: Math.ceil(kills / 4) }, () =>
    sometime(random, end, { do: 'freeze', worker: someWorker() }),
  );
  const jumps = Array.from({ length: Math.ceil(kills / 4) }, () => {
    const byMs = random.whole(-LARGEST_JUMP_MS, LARGEST_JUMP_MS);
    return sometime(random, end, { do: 'shift clock', worker: someWorker(), byMs });
  });
  return [...freezes, ...jumps];
}

/** Each owner stops their queue once, and starts it again. */
function planStops(random: Random, end: number): Step[] {
  return Array.from({ length: OWNERS }, (_, owner) => {
    const stop = random.whole(0, end);
    const start = random.whole(stop, end);
    return [
      { after: stop, action: { do: 'stop', owner } as const },
      { after: start, action: { do: 'start', owner } as const },
    ];
  }).flat();
}

function sometime(random: Random, end: number, action: Action): Step {
  return { after: random.whole(1, end), action };
}
