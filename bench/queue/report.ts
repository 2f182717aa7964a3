import { cpus, release, totalmem, type as system } from 'node:os';
import { type Aim, aimsOf, isMet } from './aims.ts';
import type { Results } from './results.ts';
import type { Score } from './run-rounds.ts';

/** The machine in a line. */
export function machine(): string {
  const memoryGb = Math.round(totalmem() / 1024 ** 3);
  return `${cpus().length} x ${cpus()[0]!.model}, ${memoryGb} GB, ${system()} ${release()}, Node ${process.version}`;
}

/** The contenders side by side and how the aims were met, as Markdown. */
export function report(results: Results): string {
  const { scores, idle, claimUs } = results;
  const comparison = [
    ['', ...scores.map(({ name }) => name)],
    ...ROWS.map(([title, cell]) => [title, ...scores.map(cell)]),
  ];
  const aims = [
    ['aim', 'reached', 'wanted', ''],
    ...aimsOf(results).map((aim) => [
      aim.what,
      reached(aim),
      `${aim.sense} ${aim.limit}${aim.unit}`,
      verdict(aim),
    ]),
  ];
  const waiting = Object.entries(idle).map(([name, percent]) => `${name} ${percent.toFixed(2)} %`);
  return [
    table(comparison),
    table(aims),
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

function reached({ value, unit }: Aim): string {
  return value === null ? '' : `${value.toFixed(2)}${unit}`;
}

function verdict(aim: Aim): string {
  const met = isMet(aim);
  if (met === null) return 'not measured';
  return met ? 'met' : 'missed';
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en');
}

function table(rows: string[][]): string {
  const widths = rows[0]!.map((_, column) => Math.max(3, ...rows.map((row) => row[column]!.length)));
  const line = (cells: string[]) => `| ${cells.map((cell, at) => cell.padEnd(widths[at]!)).join(' | ')} |`;
  const rule = line(widths.map((width) => '-'.repeat(width)));
  const [head, ...body] = rows;
  return [line(head!), rule, ...body.map(line)].join('\n');
}
