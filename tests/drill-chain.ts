import { createHash } from 'node:crypto';

/** The hashes a drill has to come to, reckoned apart from it: the start's and one for each step. `picture`: its sha256. */
export function drillChain(jobId: string, picture: string | null, steps: number): string[] {
  const chain = [sha256(`${jobId} ${picture}`)];
  for (let step = 1; step <= steps; step++) chain.push(sha256(`${chain.at(-1)} ${step}`));
  return chain;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
