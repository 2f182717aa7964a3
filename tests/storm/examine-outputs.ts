import { createHash } from 'node:crypto';
import { drillChain } from '../drill-chain.ts';
import type { Api } from '../e2e/api.ts';
import type { Evidence } from './examine.ts';
import type { SentJob } from './requests.ts';

/** What every completed job made is served as it was recorded, and is what it has to come to; no other serves anything. */
export async function examineOutputs({ requests, rows, owners, pictures }: Evidence): Promise<string[]> {
  const problems: string[] = [];
  for (const job of requests.jobs) {
    if (job.id === null || !rows.has(job.id)) continue;
    const { picture, owner } = job.planned;
    const sha256 = picture === null ? null : sha256Of(pictures[picture]!.bytes);
    const found = await outputProblems(job, owners[owner]!, sha256);
    problems.push(...found.map((problem) => `Job ${job.number} (${job.id}) ${problem}`));
  }
  return problems;
}

async function outputProblems({ id, planned }: SentJob, api: Api, picture: string | null): Promise<string[]> {
  const { status, outputs } = await api.job(id!);
  const names = outputs.map(({ name }) => name);
  const expectedNames = status === 'completed' ? ['chain.txt', 'result.json', 'receipt.json'] : [];
  if (names.join() !== expectedNames.join()) return [`is ${status} and has ${names.join() || 'no outputs'}.`];
  if (status !== 'completed') return [];
  const problems: string[] = [];
  const files = new Map<string, Buffer>();
  for (const { name, sha256 } of outputs) {
    const bytes = await api.output(id!, name);
    files.set(name, bytes);
    if (sha256Of(bytes) !== sha256) problems.push(`serves a ${name} that is not the one recorded.`);
  }
  const { steps } = planned.params;
  const chain = drillChain(id!, picture, steps);
  if (files.get('chain.txt')!.toString() !== `${chain.join('\n')}\n`) problems.push('has a wrong chain.');
  const result = JSON.stringify(JSON.parse(files.get('result.json')!.toString()));
  if (result !== JSON.stringify({ picture, steps, digest: chain.at(-1) }))
    problems.push('has a wrong result.');
  return problems;
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
