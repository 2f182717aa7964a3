import { eq } from 'drizzle-orm';
import { jobs } from '#lib/db/schema/jobs';
import { Api } from '#tests/e2e/api';
import { makeUpload } from '#tests/factories';
import { medians } from '../queue/medians.ts';
import { type Figures, type Load, putUnderLoad } from './load.ts';
import type { ServedStudio } from './served-studio.ts';

export const CASES = ['bare', 'poll', 'unchanged', 'submit'] as const;
export type Case = (typeof CASES)[number];

const SECONDS = 5;
const WARM_UP_SECONDS = 2;

/** Each case in turn, as often as there are rounds; the median of each figure. */
export async function measureCases(
  { studio, owners }: ServedStudio,
  rounds: number,
): Promise<Record<Case, Figures>> {
  const submitter = await Api.create(studio);
  const loads = await loadsOf(owners[0]!, submitter);
  // What was submitted would stand in the line, and whoever came after would find a longer one.
  const clear = () => studio.db.delete(jobs).where(eq(jobs.ownerId, submitter.actor.userId));
  const run = async (name: Case, seconds: number) => {
    const figures = await putUnderLoad(studio.url, loads[name], seconds);
    await clear();
    return figures;
  };
  for (const name of CASES) await run(name, WARM_UP_SECONDS);
  const measured: Record<Case, Figures[]> = { bare: [], poll: [], unchanged: [], submit: [] };
  for (let round = 0; round < rounds; round++) {
    for (const name of CASES) measured[name].push(await run(name, SECONDS));
  }
  const middle = CASES.map((name) => [name, medians(measured[name])]);
  return Object.fromEntries(middle) as Record<Case, Figures>;
}

/** Polls of somebody with no history yet. */
export async function measurePoll({ studio, owners }: ServedStudio): Promise<Figures> {
  const poll = pollOf(owners[0]!);
  await putUnderLoad(studio.url, poll, WARM_UP_SECONDS);
  return putUnderLoad(studio.url, poll, SECONDS);
}

function pollOf({ key }: Api): Load {
  return { method: 'GET', path: '/api/v1/queue/poll', headers: { 'X-API-Key': key }, expected: [200] };
}

async function loadsOf(poller: Api, submitter: Api): Promise<Record<Case, Load>> {
  const poll = pollOf(poller);
  const { id } = await makeUpload(submitter.studio.db, submitter.actor);
  const submission = { pipeline: 'photo-realistic', image_upload_id: id, num_layers: 4 };
  return {
    // It looks at nothing and asks nobody: what a route handler of this server costs at the least.
    bare: { method: 'GET', path: '/health', headers: poll.headers!, expected: [200] },
    poll,
    unchanged: { ...poll, expected: [200, 304], revalidates: true },
    submit: {
      method: 'POST',
      path: '/api/v1/generate',
      headers: { 'X-API-Key': submitter.key, 'Content-Type': 'application/json' },
      body: JSON.stringify(submission),
      expected: [202],
    },
  };
}
