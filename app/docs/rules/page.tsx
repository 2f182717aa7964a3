import type { Metadata } from 'next';
import { FactTable, type FactView } from '#components/reference/fact-table';
import { SCOPES, type Scope } from '#lib/auth/scopes';
import { settings } from '#lib/config/settings';
import { ReferencePage } from '../reference-page.tsx';

export const metadata: Metadata = { title: 'Keys, limits and repeats · API reference' };

const SCOPE_WORDS: Record<Scope, string> = {
  'jobs:read': 'See jobs, batches, uploads, the queue and the catalogue',
  'jobs:write': 'Submit, cancel, retry, delete; pause and clear your queue',
  'models:write': 'Fetch, unload and remove weights',
  admin: 'Your keys and webhooks; what administrators may, if you are one',
};

const REPEATS: readonly FactView[] = [
  { name: '`Idempotency-Key`', value: 'A name of yours for a request that makes something, such as a UUID' },
  { name: 'Same key, same request', value: 'The first answer again, with `Idempotency-Replayed: true`' },
  { name: 'Same key, another request', value: '422 `idempotency_mismatch`' },
  { name: 'The first is still under way', value: '409 `idempotency_in_flight`' },
  { name: '429 and 503', value: '`Retry-After` says in how many seconds it is worth trying again' },
];

const WATCHING: readonly FactView[] = [
  {
    name: '`Prefer: wait=n`',
    value: 'The answer to a submission comes when the job has ended, after 60 s at the latest',
  },
  { name: 'Events', value: 'One connection for each job, told of every change' },
  { name: '`/queue/poll`', value: 'All that is active, as often as every second; 304 while nothing changes' },
  { name: 'Webhooks', value: 'You are told, wherever you are' },
];

export default function RulesPage() {
  return (
    <ReferencePage
      current="/docs/rules"
      title="Keys, limits and repeats"
      intro="What holds of every request. Times are ISO 8601 in UTC, ids are UUIDs, sizes are bytes, names are snake_case."
    >
      <FactTable
        title="Keys and scopes"
        words={[
          'A key is its owner’s: with it a program sees and changes what its owner may, as far as the key’s scopes go. It may end on a day, be replaced by another with some overlap, and have limits of its own.',
          'What belongs to somebody else is answered as what is not there.',
        ]}
        facts={SCOPES.map((scope) => ({ name: `\`${scope}\``, value: SCOPE_WORDS[scope] }))}
      />
      <FactTable
        title="Limits"
        words={[
          'Requests that change something are counted apart from those that read. `RateLimit-Policy` and `RateLimit` say how much there is and how much is left, and 429 comes with `Retry-After`.',
          'These are the numbers of this studio.',
        ]}
        facts={limits()}
      />
      <FactTable
        title="Sending twice"
        words={[
          'A request may get lost, or its answer. Send it again under the same key, and it is carried out once.',
        ]}
        facts={REPEATS}
      />
      <FactTable
        title="Knowing when it is done"
        words={['Four ways, from the simplest to the one that needs no connection.']}
        facts={WATCHING}
      />
      <FactTable
        title="Lists"
        words={[
          'Lists come newest first, in pages of `limit` items. `next_cursor` is the `cursor` of the next page, and null on the last.',
        ]}
        facts={[]}
      />
    </ReferencePage>
  );
}

function limits(): FactView[] {
  const { limits: requests, quotas } = settings();
  const rows: [name: string, most: number, unit: string][] = [
    ['Changes with one key', requests.apiHour, 'an hour'],
    ['The same', requests.apiDay, 'a day'],
    ['Changes at the dashboard', requests.webHour, 'an hour, by each person'],
    ['Readings', requests.readsHour, 'an hour'],
    ['Better prompts', requests.enhanceMinute, 'a minute'],
    ['Jobs that wait', quotas.ownerPendingJobs, 'of one owner'],
    ['Jobs', quotas.ownerJobsADay, 'a day, of one owner'],
  ];
  return rows.map(([name, most, unit]) => ({
    name,
    value: most === 0 ? 'as many as you like' : `${most.toLocaleString('en')} ${unit}`,
  }));
}
