import { Api } from '../e2e/api.ts';
import { drawnPhoto } from '../photos.ts';
import { carryOut, untilSpent } from './carry-out.ts';
import { Cluster } from './cluster.ts';
import { examine } from './examine.ts';
import { makePlan, OWNERS, PICTURES, type StormSize } from './plan.ts';
import { Requests } from './requests.ts';
import { summaryOf } from './summary.ts';

export interface StormResult {
  /** What is wrong, job by job; empty where everything is as it has to be. */
  problems: string[];
  /** What happened, in lines for people. */
  summary: string[];
  /** Where everything lies; gone where nothing is wrong. */
  folder: string;
}

/**
 * Send jobs to a real studio while its processes are killed, frozen, told the wrong time and kept from the database;
 * then look whether each job came to its one end. The same seed and size do the same things in the same order; what
 * else happens between them is the machine's. With something wrong, the studio's folder is kept, and named:
 * in the result, or in the error where a wait came to no end.
 */
export async function storm(seed: number, size: StormSize): Promise<StormResult> {
  const plan = makePlan(seed, size);
  const startedAt = performance.now();
  const cluster = await Cluster.start(size.workers, seed);
  const folder = cluster.studio.dataDir;
  let problems: string[] | undefined;
  try {
    const owners = await Promise.all(numbers(OWNERS).map(() => Api.create(cluster.studio)));
    const pictures = await Promise.all(numbers(PICTURES).map((n) => drawnPhoto(160 + 40 * n, 120)));
    const requests = new Requests(plan.jobs, owners, pictures);
    await carryOut(plan, { cluster, requests });
    await untilSpent({ cluster, requests });
    const elapsedMs = performance.now() - startedAt;
    problems = await examine({ cluster, requests, owners, pictures });
    const summary = await summaryOf({ cluster, requests, elapsedMs });
    return { problems, summary, folder };
  } catch (cause) {
    throw new Error(`The storm broke off. Everything lies in ${folder}.`, { cause });
  } finally {
    await cluster.end({ keepFolder: problems?.length !== 0 });
  }
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}
