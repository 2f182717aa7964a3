import { isLive } from '#lib/auth/api-key-caller';
import type { ApiKey, unrevokedApiKeys } from '#lib/auth/api-keys';
import { knownScopes } from '#lib/auth/scopes';
import { toIso } from '#lib/core/clock';
import type { ApiKeyView } from '#components/account/api-key-view.ts';

/** Keys as the account page lists them. One that has ended because another took its place is not worth a line. */
export function viewApiKeys(keys: Awaited<ReturnType<typeof unrevokedApiKeys>>, now: number): ApiKeyView[] {
  return keys
    .map((key) => ({ key, live: isLive(key, now) }))
    .filter(({ key, live }) => live || !key.isReplaced)
    .map(({ key, live }) => toView(key, live ? (key.isReplaced ? 'replaced' : 'live') : 'expired'));
}

function toView(key: ApiKey, state: ApiKeyView['state']): ApiKeyView {
  const { id, name, prefix, createdAt, lastUsedAt, expiresAt } = key;
  const moments = {
    createdAt: toIso(createdAt)!,
    lastUsedAt: toIso(lastUsedAt),
    expiresAt: toIso(expiresAt),
  };
  return { id, name, prefix, scopes: knownScopes(key.scopes), ...moments, state };
}
