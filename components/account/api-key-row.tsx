import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { IdForm } from '../ui/id-form.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import { SubmitButton } from '../ui/submit-button.tsx';
import type { ApiKeyView } from './api-key-view.ts';
import { RotateDialog } from './rotate-dialog.tsx';
import { SCOPE_WORDS } from './scope-words.ts';

interface ApiKeyRowProps {
  apiKey: ApiKeyView;
  rotate: (data: FormData) => void;
  revoke: (data: FormData) => Promise<void>;
}

/** One key: what it is for, how it stands, and what can be done about it. */
export function ApiKeyRow({ apiKey, rotate, revoke }: ApiKeyRowProps) {
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-6 gap-y-1 py-3">
      <div className="min-w-0">
        <p className="truncate font-medium">{apiKey.name}</p>
        <p className="text-small text-soft">
          {apiKey.scopes.map((scope) => SCOPE_WORDS[scope].label).join(', ')}
        </p>
        <p className="text-small text-faint">
          <code className="font-mono text-soft">{apiKey.prefix}…</code> <Use apiKey={apiKey} />
          <End apiKey={apiKey} />
        </p>
      </div>
      <div className="flex gap-1">
        {apiKey.state === 'live' && <RotateDialog apiKey={apiKey} rotate={rotate} />}
        <RevokeDialog apiKey={apiKey} revoke={revoke} />
      </div>
    </li>
  );
}

function Use({ apiKey: { lastUsedAt, createdAt } }: { apiKey: ApiKeyView }) {
  if (lastUsedAt) {
    return (
      <>
        last used <RelativeTime at={lastUsedAt} />
      </>
    );
  }
  return (
    <>
      never used, made <RelativeTime at={createdAt} />
    </>
  );
}

function End({ apiKey: { expiresAt, state } }: { apiKey: ApiKeyView }) {
  if (!expiresAt) return null;
  const words = { live: 'expires', replaced: 'replaced, ends', expired: 'expired' };
  return (
    <>
      ,{' '}
      <span className={state === 'expired' ? 'text-danger' : undefined}>
        {words[state]} <RelativeTime at={expiresAt} />
      </span>
    </>
  );
}

function RevokeDialog({ apiKey, revoke }: Pick<ApiKeyRowProps, 'apiKey' | 'revoke'>) {
  const isOver = apiKey.state === 'expired';
  const body = isOver
    ? 'It has expired and is not taken any more. Removing it takes it off this list.'
    : 'Programs that use this key are refused from now on. This cannot be taken back.';
  const verb = isOver ? 'Remove' : 'Revoke';
  return (
    <ConfirmDialog trigger={verb} title={`${verb} “${apiKey.name}”?`} body={body} keepLabel="Keep it">
      <IdForm id={apiKey.id} action={revoke}>
        <SubmitButton look="danger" pendingLabel={isOver ? 'Removing' : 'Revoking'}>
          {verb}
        </SubmitButton>
      </IdForm>
    </ConfirmDialog>
  );
}
