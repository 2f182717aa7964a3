import type { Contender } from './contender.ts';
import { type LoopGap, measureLoopGap } from './loop-gap.ts';
import { medians } from './medians.ts';
import { measurePickUp, type PickUp } from './pick-up.ts';
import { measureThroughput, type Throughput } from './throughput.ts';

/** What one contender reached; each figure is the median of the rounds. */
export interface Score {
  name: string;
  throughput: Throughput;
  loopGap: LoopGap;
  /** Null where its workers cannot be woken. */
  pickUp: PickUp | null;
}

/** An empty folder of that name. */
export type NewFolder = (name: string) => Promise<string>;

/** Measure everybody, again and again; each round begins with another one. */
export async function runRounds(
  contenders: Contender[],
  rounds: number,
  { newFolder, onRound }: { newFolder: NewFolder; onRound(round: number): void },
): Promise<Score[]> {
  const done: Map<Contender, Score>[] = [];
  for (let round = 0; round < rounds; round++) {
    onRound(round + 1);
    const first = round % contenders.length;
    const turns = [...contenders.slice(first), ...contenders.slice(0, first)];
    const taking = turns.filter(({ everyRounds }) => round % everyRounds === 0);
    done.push(await runRound(taking, (name) => newFolder(`${name}-${round}`)));
  }
  return contenders.map((contender) => middle(done.flatMap((round) => round.get(contender) ?? [])));
}

async function runRound(contenders: Contender[], newFolder: NewFolder): Promise<Map<Contender, Score>> {
  const throughputs = await measureThroughput(contenders, newFolder);
  const scores = new Map<Contender, Score>();
  for (const [at, contender] of contenders.entries()) {
    const { name, listens } = contender;
    const loopGap = await measureLoopGap(contender, await newFolder(`${name}-loop-gap`));
    const pickUp = listens ? await measurePickUp(contender, await newFolder(`${name}-pick-up`)) : null;
    scores.set(contender, { name, throughput: throughputs[at]!, loopGap, pickUp });
  }
  return scores;
}

function middle(scores: Score[]): Score {
  const [{ name, pickUp }] = scores as [Score];
  return {
    name,
    throughput: medians(scores.map(({ throughput }) => throughput)),
    loopGap: medians(scores.map(({ loopGap }) => loopGap)),
    pickUp: pickUp && medians(scores.flatMap((score) => score.pickUp ?? [])),
  };
}
