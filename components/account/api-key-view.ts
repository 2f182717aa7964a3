import type { Scope } from '#lib/auth/scopes';
import type { FormState } from '../ui/form-state.ts';

/** A key as its owner sees it. Moments are ISO 8601. */
export interface ApiKeyView {
  id: string;
  name: string;
  prefix: string;
  scopes: readonly Scope[];
  createdAt: string;
  lastUsedAt: string | null;
  expiresAt: string | null;
  /** `replaced` while it is taken beside the one that took its place. */
  state: 'live' | 'replaced' | 'expired';
}

/** After a key was made: the key itself, this once. */
export interface ApiKeyFormState extends FormState {
  key: string | null;
}

/** Makes a key, or one that takes the place of another where the form has its `id`. */
export type MakeApiKey = (previous: ApiKeyFormState, data: FormData) => Promise<ApiKeyFormState>;
