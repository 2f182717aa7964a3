import type { Scope } from '#lib/auth/scopes';

/** What a key may be used for, in plain words. */
export const SCOPE_WORDS: Record<Scope, { label: string; note: string }> = {
  'jobs:read': { label: 'See jobs', note: 'The queue, jobs with their pictures and files, models.' },
  'jobs:write': { label: 'Make jobs', note: 'Queue, stop, retry and delete them.' },
  'models:write': { label: 'Change models', note: 'Fetch weights and remove them.' },
  admin: { label: 'Administer', note: 'Your API keys, and whatever your account may administer.' },
};
