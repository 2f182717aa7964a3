/** What an API key may be allowed to do. The dashboard's session may do all of it, as far as its person may. */
export const SCOPES = ['jobs:read', 'jobs:write', 'models:write', 'admin'] as const;

export type Scope = (typeof SCOPES)[number];

/** What a key is for where nobody says: to queue jobs and see what becomes of them. */
export const USUAL_SCOPES: readonly Scope[] = ['jobs:read', 'jobs:write'];

/** Those of the scopes that there are, once each and in their order. */
export function knownScopes(given: readonly string[]): Scope[] {
  return SCOPES.filter((scope) => given.includes(scope));
}
