import { type Aim, aimRows, atLeast, atMost } from '../aim.ts';
import { table } from '../table.ts';
import type { Figures } from './load.ts';
import { type Case, CASES } from './measure.ts';

export interface Results {
  rounds: number;
  /** Jobs of the owner who polls that have ended. */
  finishedJobs: number;
  listeners: number;
  cases: Record<Case, Figures>;
  /** Polls before there was any history. */
  pollBefore: Figures;
}

export function aimsOf({ cases, pollBefore }: Results): Aim[] {
  const { bare, poll, unchanged } = cases;
  return [
    atLeast('poll, to a bare handler', poll.perSecond / bare.perSecond, 0.5, 'x'),
    atMost('p99 of a poll, to a bare handler’s', poll.p99 / bare.p99, 3, 'x'),
    atLeast('poll that has no news, to a bare handler', unchanged.perSecond / bare.perSecond, 0.7, 'x'),
    atLeast('poll with a long history, to none', poll.perSecond / pollBefore.perSecond, 0.9, 'x'),
  ];
}

const TITLES: Record<Case, string> = {
  bare: 'GET /health, the bare handler',
  poll: 'GET /queue/poll',
  unchanged: 'the same, ETag sent',
  submit: 'POST /generate',
};

/** The cases one under the other and how the aims were met, as Markdown. */
export function report(results: Results): string {
  const rows = CASES.map((name) => rowOf(TITLES[name], results.cases[name]));
  const before = rowOf('GET /queue/poll, no history', results.pollBefore);
  return [
    table([['', 'requests/s', 'p50 ms', 'p99 ms'], ...rows, before]),
    table(aimRows(aimsOf(results))),
  ].join('\n\n');
}

function rowOf(title: string, { perSecond, p50, p99 }: Figures): string[] {
  return [title, Math.round(perSecond).toLocaleString('en'), p50.toFixed(2), p99.toFixed(2)];
}
