import { jobs } from '#lib/db/schema/jobs';
import type { Job } from '#lib/jobs/resource';
import type { Api, Photo } from '../e2e/api.ts';
import type { Cluster } from './cluster.ts';
import { examineCounts } from './examine-counts.ts';
import { examineEnds } from './examine-ends.ts';
import { examineOutputs } from './examine-outputs.ts';
import { examineStages } from './examine-stages.ts';
import { examineStorage } from './examine-storage.ts';
import type { Requests, SentJob } from './requests.ts';

/** All there is to judge by once everything has ended. */
export interface Evidence {
  cluster: Cluster;
  requests: Requests;
  owners: Api[];
  pictures: Photo[];
  /** Every job's row, by id. */
  rows: ReadonlyMap<string, Job>;
}

/** What is wrong after a storm, in sentences. */
export async function examine(found: Omit<Evidence, 'rows'>): Promise<string[]> {
  const { cluster, requests } = found;
  const all = await cluster.studio.db.select().from(jobs);
  const evidence: Evidence = { ...found, rows: new Map(all.map((row) => [row.id, row])) };
  const unsent = identifyLost(evidence);
  const outputs = await examineOutputs(evidence);
  const counts = await examineCounts(evidence);
  await cluster.calm();
  return [
    ...requests.refusals,
    ...unsent,
    ...examineEnds(evidence),
    ...examineStages(evidence),
    ...outputs,
    ...counts,
    ...(await examineStorage(evidence)),
    ...examineProcesses(cluster),
  ];
}

/** A request whose answer was lost may have made a job: such jobs are known by what they were sent with. */
function identifyLost({ requests, owners, rows }: Evidence): string[] {
  const known = new Set(requests.jobs.map(({ id }) => id));
  const problems: string[] = [];
  for (const row of rows.values()) {
    if (known.has(row.id)) continue;
    const isIts = ({ planned }: SentJob) =>
      owners[planned.owner]!.actor.userId === row.ownerId &&
      planned.priority === row.priority &&
      JSON.stringify(planned.params) === JSON.stringify(row.params);
    const lost = requests.jobs.find((job) => job.sent === 'lost' && job.id === null && isIts(job));
    if (lost) lost.id = row.id;
    else problems.push(`${row.id}: a job that nobody sent, or that was made twice.`);
  }
  return problems;
}

function examineProcesses({ web, workers, logs }: Cluster): string[] {
  const deserters = [web, ...workers].flatMap((seat) => seat.deserters);
  return [...deserters, ...logs.strays.map((line) => `A worker printed: ${line}`)];
}
