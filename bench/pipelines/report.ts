import { type Aim, aimRows, atLeast, atMost } from '../aim.ts';
import { table } from '../table.ts';
import type { Cost } from './measure.ts';

/** What one case reached; each figure is the median of the rounds. */
export interface Score {
  name: string;
  run: Cost;
  floor: Cost;
}

export interface Results {
  scores: Score[];
  /** Frames a second; null where there is no camera move. */
  renderingRate: number | null;
  /** Megabytes of each still pipeline at 4096x4096, where that was asked for. */
  large: { name: string; run: Cost }[];
}

export function aimsOf({ scores, renderingRate }: Results): Aim[] {
  const photoRealistic = scores.find(({ name }) => name === 'photo-realistic');
  return [
    ...scores.flatMap(({ name, run, floor }) => [
      atMost(`${name}: time, to its floor`, run.seconds / floor.seconds, 1.15, 'x'),
      atMost(`${name}: memory, to its floor`, run.megabytes / floor.megabytes, 1.15, 'x'),
    ]),
    atMost('photo-realistic', photoRealistic?.run.seconds ?? null, 3, ' s'),
    atLeast('camera move at 1280x720, before encoding', renderingRate, 30, ' frames/s'),
  ];
}

/** The figures and how the aims were met, as Markdown. */
export function report(results: Results): string {
  const { scores, large } = results;
  const figures = [
    ['1 megapixel', 'time', 'floor', 'memory', 'floor'],
    ...scores.map(({ name, run, floor }) => [name, ...cells(run, floor)]),
  ];
  const largest = [
    ['4096x4096', 'time', 'memory'],
    ...large.map(({ name, run }) => [name, seconds(run), megabytes(run)]),
  ];
  return [
    table(figures),
    ...(large.length > 0 ? [table(largest)] : []),
    table(aimRows(aimsOf(results))),
  ].join('\n\n');
}

function cells(run: Cost, floor: Cost): string[] {
  return [seconds(run), seconds(floor), megabytes(run), megabytes(floor)];
}

function seconds(cost: Cost): string {
  return `${cost.seconds.toFixed(2)} s`;
}

function megabytes(cost: Cost): string {
  return `${Math.round(cost.megabytes)} MB`;
}
