import { sql } from 'drizzle-orm';
import type { Cluster } from './cluster.ts';
import type { Requests } from './requests.ts';

interface Past {
  cluster: Cluster;
  requests: Requests;
  elapsedMs: number;
}

/** What a storm was like, in lines for people. */
export async function summaryOf({ cluster, requests, elapsedMs }: Past): Promise<string[]> {
  const { kills, freezes, pressure } = cluster;
  const { lines } = cluster.logs;
  const linesOf = (msg: string) => lines.filter((line) => line.msg === msg);
  const workers = new Set(linesOf('worker ready').map(({ pid }) => pid));
  const jumps = linesOf('clock jumped').filter(({ pid }) => workers.has(pid));
  const claims = [...linesOf('job left'), ...linesOf('lease lost, result dropped')];
  const resumed = linesOf('stage started').filter(({ checkpoint }) => checkpoint);
  const ends = await cluster.studio.db.all<{ status: string }>(sql`SELECT status FROM jobs ORDER BY status`);
  const deleted = requests.jobs.filter((job) => job.deleted).map(() => 'deleted');
  return [
    `${requests.jobs.filter(({ id }) => id).length} jobs in ${inSeconds(elapsedMs)}: ${tally([...ends.map(({ status }) => status), ...deleted])}`,
    `killed: ${kills.worker} workers, ${kills.runner} runners, ${kills.web} web processes`,
    `${freezes} times a worker stood still, ${jumps.length} times the clock of one was set`,
    `${linesOf('job started').length} claims: ${tally(claims.map(({ outcome }) => outcome!))}`,
    `${linesOf('job rescued').length} rescues`,
    `${linesOf('stage started').length} stages begun, ${resumed.length} of them from a checkpoint, ${linesOf('stage finished').length} finished`,
    `the second writer held the lock ${pressure.held} times, ${inSeconds(pressure.heldMs)} in all, and was refused it ${pressure.refused} times`,
    `${requests.broken} requests broke off or could not be answered at first`,
  ];
}

function tally(words: string[]): string {
  return [...new Set(words)]
    .map((word) => `${words.filter((other) => other === word).length} ${word}`)
    .join(', ');
}

function inSeconds(ms: number): string {
  return `${Math.round(ms / 1000)} s`;
}
