import { type Aim, aimRows, atMost } from '../aim.ts';
import { table } from '../table.ts';
import type { StageCost } from './measure.ts';

export interface Results {
  model: string;
  /** Of the first job, which loaded the networks. */
  first: StageCost[];
  /** Of the round whose share is the median. */
  stages: StageCost[];
  /** Of each round: how much of its time was spent outside of runs of networks, 0..1. */
  shares: number[];
}

/** How much of the time of these stages no network was running in. */
export function outsideShare(stages: readonly StageCost[]): number {
  const { wallMs, runMs } = total(stages);
  return (wallMs - runMs) / wallMs;
}

export function aimsOf({ stages }: Results): Aim[] {
  return [atMost('time outside of runs of networks', 100 * outsideShare(stages), 5, ' %')];
}

/** The figures and how the aims were met, as Markdown. */
export function report(results: Results): string {
  const figures = [
    [results.model, 'time', 'runs', 'in runs', 'loading', 'other', 'outside of runs'],
    ...[...results.stages, total(results.stages)].map(cells),
    cells({ ...total(results.first), stage: 'all, of the first job' }),
  ];
  return [table(figures), table(aimRows(aimsOf(results)))].join('\n\n');
}

function total(stages: readonly StageCost[]): StageCost {
  const sum = (of: (cost: StageCost) => number) => stages.reduce((all, cost) => all + of(cost), 0);
  return {
    stage: 'all',
    wallMs: sum(({ wallMs }) => wallMs),
    runMs: sum(({ runMs }) => runMs),
    openMs: sum(({ openMs }) => openMs),
    runs: sum(({ runs }) => runs),
  };
}

function cells(cost: StageCost): string[] {
  const { stage, wallMs, runMs, openMs, runs } = cost;
  const times = [wallMs, runMs, openMs, wallMs - runMs - openMs].map((ms) => `${(ms / 1000).toFixed(2)} s`);
  const [wall, inRuns, loading, other] = times as [string, string, string, string];
  return [stage, wall, String(runs), inRuns, loading, other, `${(100 * outsideShare([cost])).toFixed(1)} %`];
}
