import { aimRows } from '../aim.ts';
import { table } from '../table.ts';
import { aimsOf } from './aims.ts';
import type { Results } from './results.ts';
import type { Score } from './run-rounds.ts';

/** The contenders side by side and how the aims were met, as Markdown. */
export function report(results: Results): string {
  const { scores, idle, claimUs } = results;
  const comparison = [
    ['', ...scores.map(({ name }) => name)],
    ...ROWS.map(([title, cell]) => [title, ...scores.map(cell)]),
  ];
  const waiting = Object.entries(idle).map(([name, percent]) => `${name} ${percent.toFixed(2)} %`);
  return [
    table(comparison),
    table(aimRows(aimsOf(results))),
    `Claim of one job: ${claimUs.almostEmpty} µs almost empty, ${claimUs.longHistory} µs with ${JSON.stringify(claimUs.history)}.`,
    `Of a core, while waiting: ${waiting.join(', ')}.`,
  ].join('\n\n');
}

const ROWS: [title: string, cell: (score: Score) => string][] = [
  ['enqueue one by one, jobs/s', ({ throughput }) => whole(throughput.enqueue)],
  ['enqueue by 1000, jobs/s', ({ throughput }) => whole(throughput.enqueueBulk)],
  ['drain 10,000, one at once, jobs/s', ({ throughput }) => whole(throughput.drain1)],
  ['drain 10,000, ten at once, jobs/s', ({ throughput }) => whole(throughput.drain10)],
  [
    'pick-up by an idle worker, p50 / p99 ms',
    ({ pickUp }) => (pickUp ? `${pickUp.p50.toFixed(2)} / ${pickUp.p99.toFixed(2)}` : 'polls'),
  ],
  [
    'longest event-loop gap, alone / beside a writer, ms',
    ({ loopGap }) => `${loopGap.alone.toFixed(1)} / ${loopGap.contended.toFixed(1)}`,
  ],
];

function whole(value: number): string {
  return Math.round(value).toLocaleString('en');
}
